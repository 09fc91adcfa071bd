using System.Text.Json;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>The scripts of 3.0's suite, by the proposals that came after 2.0 and that each of them uses.</summary>
internal static class LaterScripts
{
    // What the suite's list calls them, and what the engine does; those of 2.0 are left out.
    private static readonly Dictionary<string, string> Features = new(StringComparer.Ordinal)
    {
        ["eh"] = "exception-handling",
        ["exnref"] = "exception-handling",
        ["extended-const"] = "extended-const",
        ["func-refs"] = "function-references",
        ["gc"] = "gc",
        ["memory64"] = "memory64",
        ["multi-memory"] = "multimemory",
        ["relaxed-simd"] = "relaxed-simd",
        ["simd"] = "simd128",
        ["table64"] = "memory64",
        ["tail-call"] = "tail-call",
    };

    private static readonly Lazy<(string Name, string[] Features)[]> LazyAll = new(ReadAll);

    /// <summary>Every script with the features beyond 2.0 that it needs, in order.</summary>
    public static IReadOnlyList<(string Name, string[] Features)> All => LazyAll.Value;

    /// <summary>The scripts whose every feature the engine has.</summary>
    public static IEnumerable<string> Supported =>
        All.Where(script => script.Features.All(Module.Features.Contains)).Select(script => script.Name);

    private static (string Name, string[] Features)[] ReadAll()
    {
        if (!SpecArchive.IsPresent(SpecSuite.Version3.Archive))
        {
            return [];
        }

        using JsonDocument list = JsonDocument.Parse(SpecArchive.Read(SpecSuite.Version3.Archive, "manifest.json"));
        return
        [
            .. list.RootElement.GetProperty("files").EnumerateObject()
                .Select(file => (file.Name, FeaturesOf(file.Value)))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    private static string[] FeaturesOf(JsonElement file) =>
    [
        .. file.GetProperty("features").EnumerateArray()
            .Select(feature => Features.GetValueOrDefault(feature.GetString() ?? ""))
            .OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];
}
