namespace Plugins.Host.Tests.Support;

/// <summary>The modules that are committed with the project.</summary>
internal static class GuestFiles
{
    private static readonly string Root = FindRoot();

    internal static byte[] Read(string path) => File.ReadAllBytes(PathOf(path));

    internal static string PathOf(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plugins.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
