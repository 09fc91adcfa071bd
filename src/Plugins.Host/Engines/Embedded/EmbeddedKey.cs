using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Engines.Embedded;

/// <summary>Key of a module's code: the bytes, and the settings that decide it.</summary>
/// <param name="Digest">Of the module's bytes.</param>
/// <param name="Limits">What it was held against, compared by value.</param>
/// <param name="MeterFuel">Whether its code pays for what it does.</param>
internal sealed record EmbeddedKey(Sha256Digest Digest, ModuleLimits Limits, bool MeterFuel);
