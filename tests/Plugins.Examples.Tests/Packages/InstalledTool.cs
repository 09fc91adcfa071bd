using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Packages;

/// <summary>A .NET tool as a user installs it, in a folder of its own.</summary>
internal sealed class InstalledTool : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugins-tool-");

    internal InstalledTool(PackageFeed feed, string package)
    {
        var config = Path.Combine(_folder.FullName, "nuget.config");
        File.WriteAllText(config, FreshProject.NuGetConfig(feed, Path.Combine(_folder.FullName, "packages")));
        var installation = FinishedProcess.Run(
            _folder.FullName,
            "dotnet",
            "tool",
            "install",
            package,
            "--version",
            PackageFeed.Version,
            "--tool-path",
            _folder.FullName,
            "--configfile",
            config);
        Assert.That(installation.ExitCode, Is.Zero, installation.Output + installation.Errors);
    }

    internal string Folder => _folder.FullName;

    internal FinishedProcess Run(params string[] arguments) => FinishedProcess.Run(
        _folder.FullName, Path.Combine(_folder.FullName, "plugins"), arguments);

    public void Dispose() => _folder.Delete(recursive: true);
}
