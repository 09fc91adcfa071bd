using System.Diagnostics;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Packages;

/// <summary>docs/first-plugin.md, followed by a reader in a folder of their own.</summary>
internal sealed class FirstPluginPage(PackageFeed feed, InstalledTool tool) : IDisposable
{
    private static readonly Markdown Page = Markdown.Read("docs/first-plugin.md");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugins-first-");

    internal static string[] Promised => Page.CodeBlock("text");

    /// <summary>All commands in one shell, which ends at the first that fails.</summary>
    internal FinishedProcess Follow()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "nuget.config"), FreshProject.NuGetConfig(
            feed, Path.Combine(_folder.FullName, "packages")));
        File.WriteAllLines(Path.Combine(_folder.FullName, "Program.cs"), Page.CodeBlock("csharp"));

        // The reader saves the program once there is a project, and before it is run.
        var blocks = Page.BlocksToRun().Select(block => string.Join('\n', block)).ToList();
        blocks.Insert(blocks.Count - 1, "cp Program.cs app/");
        var start = new ProcessStartInfo("sh", ["-e", "-c", string.Join('\n', blocks)])
        {
            WorkingDirectory = _folder.FullName,
        };

        // Debian's Rust comes first: it has the WebAssembly target.
        start.Environment["PATH"] = string.Join(
            Path.PathSeparator, tool.Folder, "/usr/bin", Environment.GetEnvironmentVariable("PATH"));
        return FinishedProcess.Run(start);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
