using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Moves values of any type to and from the slots of an <see cref="InterpreterStack"/>.</summary>
/// <remarks>Over a type of number nothing is left of the questions below once they are compiled.</remarks>
internal static unsafe class Slot
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write<T>(InterpreterStack stack, ulong* slot, T value)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            stack.ReferenceAt(slot) = value;
        }
        else if (typeof(T) == typeof(Vector128<byte>))
        {
            *stack.VectorsAt(slot) = Unsafe.BitCast<T, Vector128<byte>>(value);
        }
        else
        {
            *slot = Unsafe.SizeOf<T>() == sizeof(uint)
                ? Unsafe.BitCast<T, uint>(value)
                : Unsafe.BitCast<T, ulong>(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Read<T>(InterpreterStack stack, ulong* slot)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            object? reference = stack.ReferenceAt(slot);
            return Unsafe.As<object?, T>(ref reference);
        }

        if (typeof(T) == typeof(Vector128<byte>))
        {
            return Unsafe.BitCast<Vector128<byte>, T>(*stack.VectorsAt(slot));
        }

        return Unsafe.SizeOf<T>() == sizeof(uint)
            ? Unsafe.BitCast<uint, T>((uint)*slot)
            : Unsafe.BitCast<ulong, T>(*slot);
    }

    internal static void Write(InterpreterStack stack, ulong* slot, in Value value)
    {
        if (value.Kind.IsReference)
        {
            stack.ReferenceAt(slot) = value.Reference;
        }
        else if (value.Kind == ValueKind.V128)
        {
            *stack.VectorsAt(slot) = value.AsVector128();
        }
        else
        {
            *slot = value.Bits;
        }
    }

    internal static Value Read(InterpreterStack stack, ulong* slot, ValueKind kind) =>
        kind.IsReference
            ? Value.FromReference(kind, stack.ReferenceAt(slot))
            : kind == ValueKind.V128 ? Value.FromVector128(*stack.VectorsAt(slot))
            : Value.FromBits(kind, *slot);

    /// <summary>Lets no function of another store in; objects of other kinds are the guest's to hold only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Admit<T>(T value, Store store)
    {
        if (typeof(T) == typeof(Function))
        {
            Function.ThrowIfForeign(value, store);
        }

        return value;
    }

    /// <summary>Puts the results after the first where the first is, as compiled code left them elsewhere.</summary>
    internal static void WriteExtra(Store store, FunctionType type, InterpreterStack stack, ulong* slots)
    {
        for (int i = 1; i < type.Results.Length; i++)
        {
            if (type.Results[i].IsReference)
            {
                stack.ReferenceAt(slots + i) = store.ExtraResults.References[i - 1];
            }
            else if (type.Results[i] == ValueKind.V128)
            {
                *stack.VectorsAt(slots + i) = store.ExtraResults.Vectors[i - 1];
            }
            else
            {
                // Compiled code extends the sign of 32 bits.
                long bits = store.ExtraResults.Bits[i - 1];
                slots[i] = type.Results[i] is ValueKind.I32 or ValueKind.F32 ? (uint)bits : (ulong)bits;
            }
        }
    }

    /// <summary>Puts the results after the first where compiled code takes them.</summary>
    internal static void ReadExtra(Store store, FunctionType type, InterpreterStack stack, ulong* slots)
    {
        store.ExtraResults.Reserve(type.Results.Length, type.HasVectorResult);
        for (int i = 1; i < type.Results.Length; i++)
        {
            if (type.Results[i].IsReference)
            {
                store.ExtraResults.References[i - 1] = stack.ReferenceAt(slots + i);
            }
            else if (type.Results[i] == ValueKind.V128)
            {
                store.ExtraResults.Vectors[i - 1] = *stack.VectorsAt(slots + i);
            }
            else
            {
                store.ExtraResults.Bits[i - 1] = (long)slots[i];
            }
        }
    }
}
