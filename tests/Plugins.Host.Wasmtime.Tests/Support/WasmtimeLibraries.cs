namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>Finds the native libraries that tests run on; other test projects link this file.</summary>
/// <remarks>
/// <c>PLUGINS_WASMTIME_PATH</c> names one library file instead of those beside the repository.
/// </remarks>
internal static class WasmtimeLibraries
{
    private const string Variable = "PLUGINS_WASMTIME_PATH";

    private static readonly string[] Versions = ["48", "34"];

    /// <summary>The names of the versions to test, for <c>[TestFixtureSource]</c>; they need not be there.</summary>
    public static IEnumerable<string> Names => Given is null ? Versions : ["given"];

    /// <summary>The newest library, or the test is skipped, with the reason.</summary>
    public static string Newest => Require(Names.First());

    private static string? Given =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    /// <summary>The file of a version, or the test is skipped, with the reason.</summary>
    public static string Require(string name)
    {
        var path = PathOf(name);
        if (!File.Exists(path))
        {
            Assert.Ignore($"There is no Wasmtime library at {path}; {Variable} can name one.");
        }

        return path;
    }

    /// <summary>Where a version's file would be.</summary>
    public static string PathOf(string name) =>
        Given ?? Path.Combine(FindRepository(), "..", "shared", "native", $"wasmtime-{name}", "libwasmtime.so");

    private static string FindRepository()
    {
        var folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "Plugins.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
