namespace Plugins.Wasm.Diagnostics;

/// <summary>One guest function of a backtrace.</summary>
/// <param name="FunctionIndex">Its index in its module, imports included.</param>
/// <param name="FunctionName">Its name from the name section, demangled, or from an export, or null.</param>
/// <param name="ModuleName">Its module's name from the name section, or null.</param>
/// <param name="Offset">The instruction it was at, in bytes from the module's start, where known.</param>
/// <remarks>
/// Immutable and safe for use by many threads. Names are the guest's words: escape them before they reach a terminal or
/// a page.
/// </remarks>
public sealed record WasmFrame(int FunctionIndex, string? FunctionName, string? ModuleName, int? Offset)
{
    /// <inheritdoc/>
    public override string ToString() => FunctionName ?? $"function[{FunctionIndex}]";
}
