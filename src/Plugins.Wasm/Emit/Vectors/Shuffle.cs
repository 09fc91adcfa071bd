using System.Reflection;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>Finds the shortest code for a shuffle, whose lanes are known.</summary>
/// <remarks>
/// Compilers write as a shuffle whatever a processor may have one instruction for. WebAssembly 2.0, section 4.4.3.5.
/// </remarks>
internal static class Shuffle
{
    private const int Bytes = 16;

    private static readonly VectorCode s_bytes = VectorTable.Lanes(nameof(Vector128.Shuffle), typeof(byte), 2);
    private static readonly VectorCode s_words = VectorTable.Lanes(nameof(Vector128.Shuffle), typeof(int), 2);

    /// <summary>The vector that a shuffle of two makes.</summary>
    public static Operand Of(FunctionPlaces scope, Operand low, Operand high, Vector128<byte> lanes)
    {
        var highLanes = Vector128.GreaterThanOrEqual(lanes, Vector128.Create((byte)Bytes));
        if (highLanes == Vector128<byte>.Zero)
        {
            high.Discard(scope);
            return OfOne(low, lanes);
        }

        if (highLanes == Vector128<byte>.AllBitsSet)
        {
            low.Discard(scope);
            return OfOne(high, lanes - Vector128.Create((byte)Bytes));
        }

        if (Interleaving.Find(lanes) is MethodInfo interleaving)
        {
            return Join(VectorTable.Of(interleaving), low, high);
        }

        if (Extraction.Find(lanes) is Extraction extraction)
        {
            return extraction.Of(low, high);
        }

        // Lanes that stay where they are need no shuffle.
        if ((lanes & Vector128.Create((byte)(Bytes - 1))) == Vector128<byte>.Indices)
        {
            return new VectorOperand(
                VectorTable.Of(Opcode.V128Bitselect),
                ValueKind.V128,
                [new VectorConstantOperand(highLanes), high, low]);
        }

        return Join(
            VectorTable.Of(Opcode.V128Or),
            OfOne(low, lanes | highLanes),
            OfOne(high, (lanes - Vector128.Create((byte)Bytes)) | ~highLanes));
    }

    private static VectorOperand OfOne(Operand vector, Vector128<byte> lanes)
    {
        var words = new int[sizeof(int)];
        for (int i = 0; i < words.Length; i++)
        {
            int first = lanes.GetElement(i * sizeof(int));
            bool isWord = first % sizeof(int) == 0 && first < Bytes;
            for (int j = 1; j < sizeof(int); j++)
            {
                isWord &= lanes.GetElement((i * sizeof(int)) + j) == first + j;
            }

            if (!isWord)
            {
                return Join(s_bytes, vector, new VectorConstantOperand(lanes));
            }

            words[i] = first / sizeof(int);
        }

        return Join(s_words, vector, new VectorConstantOperand(Vector128.Create(words).AsByte()));
    }

    private static VectorOperand Join(VectorCode code, Operand first, Operand second) =>
        new(code, ValueKind.V128, [first, second]);
}
