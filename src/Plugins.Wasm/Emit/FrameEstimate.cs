using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit;

/// <summary>Estimates from above how much stack a compiled function's frame takes.</summary>
/// <remarks>
/// Every local in use and every operand may have a stack slot. In a function too large to be optimised so does every temporary of
/// the just-in-time compiler, of which there are fewer than the function has bytes.
/// RATIONALE.md, "Why estimate frames?".
/// </remarks>
internal static class FrameEstimate
{
    private const int FixedBytes = 256;
    private const int SlotBytes = 8;
    private const int LargeBodyBytes = 4 * 1024;

    public static int Of(BinaryModule module, int function, FunctionScan scan)
    {
        FunctionBody body = module.Bodies[function - module.ImportedFunctionCount];
        long locals = scan.UsedLocals.Count + module.TypeOfFunction(function).Parameters.Length;
        long bytes = body.End - body.Start;
        long temporaries = bytes < LargeBodyBytes ? Math.Min(bytes / 8, 128) : bytes / 2;
        return (int)Math.Min(FixedBytes + ((locals + temporaries) * SlotBytes), int.MaxValue);
    }
}
