using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Functions;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

/// <summary>Estimates from above how much stack a compiled function's frame takes.</summary>
/// <remarks>
/// Measured on the largest functions of real guests: one slot per local of the intermediate language and a few hundred
/// bytes. The estimate is twice that, and grows with the code. RATIONALE.md, "Why estimate frames?".
/// </remarks>
internal static class FrameEstimate
{
    private const int FixedBytes = 1024;
    private const int BytesPerLocal = 2 * sizeof(long);
    private const int InstructionsPerByte = 8;

    // Below both of these no function was seen to come near the bytes that need not be counted.
    private const int UncountedLocals = 96;
    private const int UncountedBodyBytes = 4 * 1024;

    /// <summary>Whether a function may be entered without looking whether its frame fits.</summary>
    /// <remarks>Each byte of code makes at most as many temporaries as the widest type in it has values.</remarks>
    public static bool IsSmall(FunctionType type, FunctionBody body, FunctionScan scan) =>
        scan.UsedLocals.Count + type.Parameters.Length + type.Results.Length <= UncountedLocals
        && (long)(body.End - body.Start) * scan.WidestType <= UncountedBodyBytes;

    /// <summary>The estimate for a function that was emitted.</summary>
    public static int Of(ILEmitter il, FunctionType type) =>
        FixedBytes
        + ((il.Locals + type.Parameters.Length) * BytesPerLocal)
        + (il.Instructions / InstructionsPerByte);
}
