using Plugins.Wasm.Binary;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Frames;

/// <summary>Bounds how much stack a compiled function's frame takes, before the runtime has compiled it.</summary>
/// <remarks>RATIONALE.md, "Why measure frames?".</remarks>
internal static class FrameBound
{
    // Below all of these no frame was found that comes near the bytes that need not be counted.
    private const int UncountedLocals = 96;
    private const int UncountedBodyBytes = 4 * 1024;

    // A call that returns its fuel takes up to 24 bytes, which are not used again.
    private const int UncountedCalls = 1_024;

    private const int FixedBytes = 64 * 1024;
    private const int BytesPerLocal = sizeof(long);

    // An instruction leaves one value at the most, for which the runtime's compiler may take a place of its own.
    private const int BytesPerInstruction = 2 * sizeof(long);

    /// <summary>Whether a function may be entered without looking whether its frame fits.</summary>
    public static bool IsSmall(FunctionType type, FunctionBody body, FunctionScan scan) =>
        IsSmall(
            scan.UsedLocals.Count + type.Parameters.Length + type.Results.Length,
            body.End - body.Start,
            scan,
            scan.Shape.Calls);

    /// <summary>Whether a method may be entered without looking whether its frame fits.</summary>
    /// <param name="locals">Its locals, arguments and results.</param>
    /// <param name="codeBytes">Bytes of the guest's code in it.</param>
    /// <param name="scan">What is known of the function.</param>
    /// <param name="calls">No less than its calls.</param>
    /// <remarks>
    /// Each byte of code makes at most as many temporaries as the widest type in it has values; a vector counts twice.
    /// </remarks>
    public static bool IsSmall(int locals, int codeBytes, FunctionScan scan, int calls) =>
        locals <= UncountedLocals
        && calls <= UncountedCalls
        && (long)codeBytes * scan.WidestType * (scan.UsesVectors ? 2 : 1) <= UncountedBodyBytes;

    /// <summary>More than the frame of an emitted function takes, together with what calls it.</summary>
    /// <param name="il">What was emitted.</param>
    /// <param name="parameters">The method's arguments.</param>
    public static long Of(ILEmitter il, int parameters)
    {
        long bytes = ((long)(il.Locals + parameters) * BytesPerLocal) + ((long)il.Instructions * BytesPerInstruction);
        return FixedBytes + (il.HasVectors ? 2 * bytes : bytes);
    }
}
