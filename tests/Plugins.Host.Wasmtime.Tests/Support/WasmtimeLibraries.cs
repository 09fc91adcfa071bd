namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>The native libraries that tests run on; other test projects link this file.</summary>
internal static class WasmtimeLibraries
{
    /// <summary>The library of the NuGet package, which is found without a path.</summary>
    public const string Package = "package";

    /// <summary>The long-term-support version, whose file is named.</summary>
    public const string LongTerm = "48";

    /// <summary>Those that are here, for <c>[TestFixtureSource]</c>; the package's always is.</summary>
    public static IEnumerable<string> Names => File.Exists(FileOf(LongTerm)) ? [Package, LongTerm] : [Package];

    /// <summary>What <see cref="WasmtimeEngineOptions.LibraryPath"/> has to be for a library.</summary>
    public static string? PathOf(string name) => name == Package ? null : FileOf(name);

    /// <summary>The file of a version that may be missing, or the test is skipped, with the reason.</summary>
    public static string Require(string version)
    {
        var path = FileOf(version);
        if (!File.Exists(path))
        {
            Assert.Ignore($"There is no Wasmtime library at {path}.");
        }

        return path;
    }

    private static string FileOf(string version) =>
        Environment.GetEnvironmentVariable($"PLUGINS_WASMTIME_{version}_PATH") is { Length: > 0 } path
            ? path
            : Path.Combine(FindRepository(), "..", "shared", "native", $"wasmtime-{version}", "libwasmtime.so");

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Plugins.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
