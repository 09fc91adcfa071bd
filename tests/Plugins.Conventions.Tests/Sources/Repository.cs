namespace Plugins.Conventions.Tests.Sources;

/// <summary>The checked-out repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated =
        ["bin", "obj", "node_modules", "target", "artifacts", "TestResults", ".git"];

    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string FullPath(string path) => Path.Combine(Root, path);

    /// <summary>
    /// The files below a folder, by path from the root with forward slashes, generated ones left out.
    /// </summary>
    public static IEnumerable<string> FilesBelow(string folder) => Walk(new DirectoryInfo(FullPath(folder)))
        .Select(file => Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) => folder.Exists
        ? folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(IsSource).SelectMany(Walk))
        : [];

    private static bool IsSource(DirectoryInfo folder) => !Generated.Contains(folder.Name, StringComparer.Ordinal);

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plugins.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Plugins.sln.");
    }
}
