using System.Collections.Frozen;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>A version of the specification's suite.</summary>
/// <param name="Archive">The archive's name.</param>
/// <param name="Features">What its modules may use; null for everything that the engine has.</param>
internal sealed record SpecSuite(string Archive, IReadOnlySet<string>? Features)
{
    /// <summary>The last suite of 2.0, where everything that came later is switched off.</summary>
    public static SpecSuite Version2 { get; } = new("spec-v2", FrozenSet.Create(
        StringComparer.Ordinal,
        "bulk-memory",
        "multi-value",
        "mutable-globals",
        "nontrapping-fptoint",
        "reference-types",
        "sign-ext",
        "simd128"));

    /// <summary>The suite of 3.0, which has the proposals that were merged until then.</summary>
    public static SpecSuite Version3 { get; } = new("spec-v3", Features: null);

    /// <summary>The suite of the instructions for exceptions that 3.0 replaced.</summary>
    public static SpecSuite LegacyExceptions { get; } = new("spec-legacy-eh", Features: null);
}
