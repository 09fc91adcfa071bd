namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>What differs between the native engines of one <see cref="WasmtimeEngine"/>.</summary>
/// <param name="MeterFuel">Whether guest code pays for what it does.</param>
/// <param name="CanonicalizesNaNs">Whether arithmetic gives only the canonical NaN.</param>
/// <param name="IsPooled">Whether instances live in slots that are reserved in advance.</param>
internal readonly record struct EngineConfiguration(bool MeterFuel, bool CanonicalizesNaNs, bool IsPooled);
