using System.Reflection.Emit;
using System.Runtime.Intrinsics;
using Plugins.Wasm.IL;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>How values leave the regions of one function: in slots of one size in the frame of the caller.</summary>
/// <remarks>
/// The slots are most of that frame, and recursion runs out of stack by frames; so only functions out of whose regions
/// vectors may come have slots for them. A vector in a slot for numbers would be written over what lies beyond it:
/// all accesses are emitted here, and none that is wider than a slot.
/// </remarks>
internal sealed class SlotLayout
{
    /// <summary>How many values may leave a region: its locals, then the operands of a branch.</summary>
    private const int Count = OutlinePlanner.MaximumCrossing + Outline.MaximumOperands;

    private SlotLayout(int bytes)
    {
        Bytes = bytes;
    }

    /// <summary>Slots for numbers.</summary>
    public static SlotLayout Numbers { get; } = new(sizeof(long));

    /// <summary>Slots for numbers and vectors.</summary>
    public static SlotLayout Vectors { get; } = new(Vector128<byte>.Count);

    /// <summary>The size of one.</summary>
    public int Bytes { get; }

    /// <summary>The size of all.</summary>
    public int StructureBytes => Count * Bytes;

    public bool HasVectors => this == Vectors;

    /// <summary>Makes the address of a slot of that of the first.</summary>
    public void EmitOffset(ILEmitter il, int slot)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, Count);
        if (slot > 0)
        {
            il.LoadConstant(slot * Bytes);
            il.Emit(OpCodes.Add);
        }
    }

    /// <summary>Loads a value from a slot's address.</summary>
    /// <exception cref="InvalidOperationException">The value is wider than a slot.</exception>
    public void EmitLoad(ILEmitter il, ValueKind kind)
    {
        if (kind == ValueKind.V128)
        {
            ThrowIfNarrow();
            il.Emit(OpCodes.Ldobj, typeof(Vector128<byte>));
            return;
        }

        il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Ldind_I4,
            ValueKind.I64 => OpCodes.Ldind_I8,
            ValueKind.F32 => OpCodes.Ldind_R4,
            ValueKind.F64 => OpCodes.Ldind_R8,
            _ => throw Foreign(kind),
        });
    }

    /// <summary>Stores a value at a slot's address; both are on the evaluation stack.</summary>
    /// <exception cref="InvalidOperationException">The value is wider than a slot.</exception>
    public void EmitStore(ILEmitter il, ValueKind kind)
    {
        if (kind == ValueKind.V128)
        {
            ThrowIfNarrow();
            il.Emit(OpCodes.Stobj, typeof(Vector128<byte>));
            return;
        }

        il.Emit(kind switch
        {
            ValueKind.I32 => OpCodes.Stind_I4,
            ValueKind.I64 => OpCodes.Stind_I8,
            ValueKind.F32 => OpCodes.Stind_R4,
            ValueKind.F64 => OpCodes.Stind_R8,
            _ => throw Foreign(kind),
        });
    }

    private void ThrowIfNarrow()
    {
        if (!HasVectors)
        {
            throw new InvalidOperationException("A vector was to go through a slot for numbers.");
        }
    }

    private static InvalidOperationException Foreign(ValueKind kind) => new($"{kind} does not go through slots.");
}
