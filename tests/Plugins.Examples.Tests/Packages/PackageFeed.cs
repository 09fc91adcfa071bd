using System.IO.Compression;
using System.Text.Json;
using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests.Packages;

/// <summary>Packages of the repository, made in a folder of their own, as a release would make them.</summary>
/// <remarks>
/// The version is this run's own, so that no machine's cache of packages can answer for it. Only projects that become
/// packages are built, and without analyzers, which have seen the same sources when these tests were built.
/// </remarks>
internal sealed class PackageFeed : IDisposable
{
    // Inside of the repository, as every build's files are: the compiler leaves out only what is above that.
    private static readonly string Artifacts = Repository.FullPath("artifacts/package-tests");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plugins-packages-");

    internal PackageFeed(params string[] projects)
    {
        RemoveArtifacts();
        var packing = FinishedProcess.Run(
            Repository.Root,
            "dotnet",
            "pack",
            WriteFilter(projects),
            "--configuration",
            "Release",
            "--output",
            Folder,
            "--artifacts-path",
            Artifacts,
            $"-p:Version={Version}",
            "-p:RunAnalyzers=false",
            "-nodeReuse:false");
        Assert.That(packing.ExitCode, Is.Zero, packing.Output + packing.Errors);
    }

    internal static string Version { get; } = $"0.0.{Environment.ProcessId}";

    internal string Folder => _folder.FullName;

    internal IEnumerable<string> Packages => Directory.EnumerateFiles(Folder, "*.nupkg").Order(StringComparer.Ordinal);

    internal string PathOf(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    internal static string[] EntriesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    internal static byte[] Read(string package, string entry)
    {
        using var archive = ZipFile.OpenRead(package);
        using var content = archive.GetEntry(entry)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The projects of <c>src</c>, from the repository's root.</summary>
    internal static string[] Projects() =>
    [
        .. Directory.EnumerateFiles(Repository.FullPath("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    public void Dispose()
    {
        RemoveArtifacts();
        _folder.Delete(recursive: true);
    }

    private string WriteFilter(string[] projects)
    {
        var file = Path.Combine(Folder, "packages.slnf");
        var solution = new { path = Repository.FullPath("Plugins.sln"), projects };
        File.WriteAllText(file, JsonSerializer.Serialize(new { solution }));
        return file;
    }

    private static void RemoveArtifacts()
    {
        if (Directory.Exists(Artifacts))
        {
            Directory.Delete(Artifacts, recursive: true);
        }
    }
}
