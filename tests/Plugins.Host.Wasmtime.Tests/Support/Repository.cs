namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>Files that are committed with the project.</summary>
internal static class Repository
{
    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Find(), path));

    public static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plugins.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
