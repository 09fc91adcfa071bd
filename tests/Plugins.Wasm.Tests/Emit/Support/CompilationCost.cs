using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>What compiling a function took.</summary>
/// <param name="Input">The function.</param>
/// <param name="Tier">How it was compiled.</param>
/// <param name="Time">Processor time for everything, from the module's bytes to its code.</param>
/// <param name="FrameBytes">Bytes of its frame.</param>
/// <param name="Reason">Why it was not optimised, or not compiled.</param>
internal readonly record struct CompilationCost(
    CompilerInput Input, CompilationTier Tier, TimeSpan Time, int FrameBytes, string? Reason)
{
    public override string ToString() =>
        $"{Tier}: {Time.TotalMilliseconds:F0} ms, frame {FrameBytes}, {Input} ({Reason ?? "no limit passed"})";
}
