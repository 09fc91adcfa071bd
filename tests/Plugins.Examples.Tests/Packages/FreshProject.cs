using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Packages;

/// <summary>A project outside of the repository that knows it only by its packages.</summary>
internal sealed class FreshProject : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugins-project-");

    internal FreshProject(PackageFeed feed, string sdk, string program, params string[] packages)
    {
        var references = packages.Select(package =>
            $"""<PackageReference Include="{package}" Version="{PackageFeed.Version}" />""");
        Write("Fresh.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>{string.Concat(references)}</ItemGroup>
            </Project>
            """);
        Write("nuget.config", NuGetConfig(feed, Path.Combine(Folder, "packages")));
        Write("Program.cs", program);
    }

    internal string Folder => _folder.FullName;

    /// <summary>Packages of ours go to a folder of the test's; those of others come from the machine's cache.</summary>
    internal static string NuGetConfig(PackageFeed feed, string packages)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <packageSources><add key="fresh" value="{feed.Folder}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{packages}" /></config>
              <fallbackPackageFolders><add key="cache" value="{cache}" /></fallbackPackageFolders>
            </configuration>
            """;
    }

    internal FinishedProcess Run(params string[] arguments) =>
        FinishedProcess.Run(Folder, "dotnet", ["run", "--", .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);
}
