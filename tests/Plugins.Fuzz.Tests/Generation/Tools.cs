namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Where the programs that fuzzing needs are; null for one that this machine lacks.</summary>
internal static class Tools
{
    /// <summary><c>PLUGINS_WASM_TOOLS</c>, beside the repository, or on the path.</summary>
    internal static string? WasmTools { get; } = Find(
        Environment.GetEnvironmentVariable("PLUGINS_WASM_TOOLS"),
        [Beside("../shared/tools/wasm-tools"), .. OnPath("wasm-tools")]);

    /// <summary>Node.js, on the path, unless <c>PLUGINS_FUZZ_V8</c> is 0.</summary>
    internal static string? Node { get; } = Environment.GetEnvironmentVariable("PLUGINS_FUZZ_V8") == "0"
        ? null
        : OnPath("node").FirstOrDefault(File.Exists);

    internal static string Repository { get; } = FindRepository(new DirectoryInfo(AppContext.BaseDirectory));

    private static string? Find(string? named, IEnumerable<string> others) =>
        string.IsNullOrEmpty(named) ? others.FirstOrDefault(File.Exists) : named;

    private static string Beside(string path) =>
        Path.GetFullPath(Path.Combine(FindRepository(new DirectoryInfo(AppContext.BaseDirectory)), path));

    private static IEnumerable<string> OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Where(folder => folder.Length > 0)
        .Select(folder => Path.Combine(folder, name));

    private static string FindRepository(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Plugins.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds Plugins.sln.");
    }
}
