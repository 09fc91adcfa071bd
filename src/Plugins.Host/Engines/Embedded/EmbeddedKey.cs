using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Engines.Embedded;

/// <summary>Key of a module's code: the bytes, and the settings that decide it.</summary>
/// <param name="Digest">Of the module's bytes.</param>
/// <param name="Limits">What it was held against, compared by value.</param>
/// <param name="Features">The features it may use, in order; null where those are all.</param>
/// <param name="MeterFuel">Whether its code pays for what it does.</param>
/// <param name="CanonicalizesNaNs">Whether arithmetic gives only the canonical NaN.</param>
/// <param name="IsInterpreted">Whether nothing is compiled.</param>
/// <param name="IsAhead">Whether all is compiled ahead of the first call.</param>
/// <param name="CompilationTime">How long its functions may be compiled in all.</param>
internal sealed record EmbeddedKey(
    Sha256Digest Digest,
    ModuleLimits Limits,
    string? Features,
    bool MeterFuel,
    bool CanonicalizesNaNs,
    bool IsInterpreted,
    bool IsAhead,
    TimeSpan CompilationTime);
