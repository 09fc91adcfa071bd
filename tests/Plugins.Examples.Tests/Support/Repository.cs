namespace Plugins.Examples.Tests.Support;

/// <summary>The checked-out repository that these tests were built from.</summary>
internal static class Repository
{
    internal static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    internal static string FullPath(string path) => Path.Combine(Root, path);

    internal static string Read(string path) => File.ReadAllText(FullPath(path)).ReplaceLineEndings("\n");

    internal static byte[] ReadBytes(string path) => File.ReadAllBytes(FullPath(path));

    private static string FindRoot(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plugins.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Plugins.sln.");
    }
}
