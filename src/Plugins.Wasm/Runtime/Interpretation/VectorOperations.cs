using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Code;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Instructions that move vectors, and the way to those that compute with them.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.3 to 4.4.5 and 4.4.7.</remarks>
internal static unsafe class VectorOperations
{
    /// <inheritdoc cref="RareOperations.Run"/>
    internal static Cell* Run(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        Vector128<byte>* a = stack.VectorsAt(fp + ip->A);
        switch (ip->Operation)
        {
            case Operation.Vector:
                return Compute(instance, stack, ip, fp);
            case Operation.CopyVector:
                *a = *stack.VectorsAt(fp + ip->B);
                return ip;
            case Operation.CopyManyVectors:
                new ReadOnlySpan<Vector128<byte>>(stack.VectorsAt(fp + ip->B), ip->C)
                    .CopyTo(new Span<Vector128<byte>>(a, ip->C));
                return ip;
            case Operation.ZeroVector:
                *a = default;
                return ip;
            case Operation.ConstantVector:
                *a = VectorIn(ip + 1);
                return ip + 2;
            case Operation.SelectVector:
                *a = *stack.VectorsAt(fp + ((uint)fp[ip[1].A] != 0 ? ip->B : ip->C));
                return ip + 1;
            case Operation.SlotGetVector:
                *a = SlotOf(instance, ip->Number);
                return ip;
            case Operation.SlotSetVector:
                SlotOf(instance, ip->Number) = *a;
                return ip;
            case Operation.CellGetVector:
                *a = instance.Cells[ip->Number].Vector;
                return ip;
            case Operation.CanonicalSingles:
                *a = Vectors.FloatLanes.CanonicalSingles(*stack.VectorsAt(fp + ip->B));
                return ip;
            case Operation.CanonicalDoubles:
                *a = Vectors.FloatLanes.CanonicalDoubles(*stack.VectorsAt(fp + ip->B));
                return ip;
            default:
                instance.Cells[ip->Number].Vector = *a;
                return ip;
        }
    }

    private static Cell* Compute(Instance instance, InterpreterStack stack, Cell* ip, ulong* fp)
    {
        var opcode = (Opcode)ip[1].Left;
        ref readonly OpcodeInfo info = ref OpcodeTable.Get(opcode);
        if (info.AccessBytes > 0)
        {
            VectorAccesses.Run(instance, stack, ip, fp);
            return ip + 2;
        }

        Vector128<byte> first = *stack.VectorsAt(fp + ip->B);
        Vector128<byte> second = *stack.VectorsAt(fp + ip->C);
        int last = ip[1].Number;
        if (info.Result != Types.ValueKind.V128)
        {
            fp[ip->A] = info.Immediate == ImmediateKind.Lane
                ? VectorLanes.Extract(opcode, first, last)
                : VectorNumerics.Test(opcode, first);
            return ip + 1;
        }

        Vector128<byte>* result = stack.VectorsAt(fp + ip->A);
        if (info.Immediate == ImmediateKind.Vector)
        {
            *result = Vectors.IntegerLanes.I8x16Shuffle(first, second, VectorIn(ip + 2));
            return ip + 3;
        }

        *result = info switch
        {
            { Immediate: ImmediateKind.Lane } => VectorLanes.Replace(opcode, first, last, fp[ip->C]),
            { OperandCount: 3 } => VectorNumerics.Ternary(opcode, first, second, *stack.VectorsAt(fp + last)),
            { Second: Types.ValueKind.V128 } => VectorNumerics.Binary(opcode, first, second),
            { OperandCount: 2 } => VectorNumerics.Shift(opcode, first, (int)fp[ip->C]),
            { First: Types.ValueKind.V128 } => VectorNumerics.Unary(opcode, first),
            _ => VectorLanes.Splat(opcode, fp[ip->B]),
        };
        return ip + 1;
    }

    private static Vector128<byte> VectorIn(Cell* cells) => Vector128.Create(cells->Bits, cells[1].Bits).AsByte();

    private static ref Vector128<byte> SlotOf(Instance instance, int word) => ref Unsafe.As<long, Vector128<byte>>(
        ref Unsafe.Add(ref Unsafe.As<GlobalSlots, long>(ref instance.Slots), word));
}
