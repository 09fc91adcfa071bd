using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Emits what moves values between the places they are in.</summary>
internal sealed class ValueEmitter(
    BinaryModule module, CodeBuffer code, OperandPlaces operands, bool canonicalizesNaNs)
{
    /// <summary>Emits an instruction whose result is pushed.</summary>
    public void EmitResult(Operation operation, ValueKind kind, int b, int c = 0)
    {
        int slot = operands.Push(kind);
        ProducedUnlessReference(code.Emit(operation, slot, b, c), kind);
    }

    /// <summary>The same for a numeric operator, whose NaN is made canonical where that is wanted.</summary>
    public void EmitNumeric(Opcode opcode, ValueKind kind, int b, int c = 0)
    {
        if (!canonicalizesNaNs || !OpcodeTable.MakesNaNs(opcode))
        {
            EmitResult(OperationTable.Of(opcode), kind, b, c);
            return;
        }

        int slot = operands.Push(kind);
        code.Emit(OperationTable.Of(opcode), slot, b, c);
        Operation canonical = kind is ValueKind.F32 ? Operation.F32Canonical : Operation.F64Canonical;
        code.Produced(code.Emit(canonical, slot, slot));
    }

    // The place of a reference stands in instructions that do more than one thing.
    public void ProducedUnlessReference(int instruction, ValueKind kind)
    {
        if (!kind.IsReference)
        {
            code.Produced(instruction);
        }
    }

    /// <summary>Makes locals that are no numbers null, or vectors of zeros.</summary>
    public void EmitNothingIn(LocalSlots locals)
    {
        foreach (int slot in locals.References)
        {
            code.Emit(Operation.NullReference, slot);
        }

        foreach (int slot in locals.Vectors)
        {
            code.Emit(Operation.ZeroVector, slot);
        }
    }

    /// <summary>The slot where an operand is; a constant is put in its own.</summary>
    public int PlaceOf(Operand operand)
    {
        if (!operand.IsConstant)
        {
            return operand.Place;
        }

        EmitMove(operand, operand.Slot);
        return operand.Slot;
    }

    public void EmitMove(Operand value, int slot)
    {
        if (!value.IsConstant)
        {
            Operation copy = value.IsReference
                ? Operation.CopyReference
                : Sized(value.Kind, Operation.Copy32, Operation.Copy64, Operation.CopyVector);
            code.Emit(copy, slot, value.Place);
        }
        else if (value.Kind == ValueKind.V128)
        {
            code.Emit(Operation.ConstantVector, slot);
            AppendVector(value.Bits);
        }
        else if (value.Bits <= uint.MaxValue)
        {
            code.EmitNumber(Operation.Constant32, slot, (int)value.Bits);
        }
        else
        {
            code.Emit(Operation.Constant64, slot);
            code.Append(value.Bits);
        }
    }

    /// <summary>Puts the value at a position into the slot of its own.</summary>
    public void Settle(int position)
    {
        Operand value = operands[position];
        if (value.Place != value.Slot)
        {
            EmitMove(value, value.Slot);
            operands.Settle(position);
        }
    }

    public void SettleTop(int count)
    {
        for (int i = operands.Count - count; i < operands.Count; i++)
        {
            Settle(i);
        }
    }

    public void SettleAll() => SettleTop(operands.Count);

    public void SettleAliasesOf(int slot)
    {
        for (int i = 0; i < operands.Count; i++)
        {
            if (operands[i].Place == slot)
            {
                Settle(i);
            }
        }
    }

    /// <summary>Adds the two cells with the 16 bytes that stand at a position of the module.</summary>
    public void AppendVector(ulong position)
    {
        Vector128<ulong> vector = module.VectorAt(position).AsUInt64();
        code.Append(vector.ToScalar());
        code.Append(vector.GetElement(1));
    }

    /// <summary>The operation for a number or vector of that type.</summary>
    public static Operation Sized(ValueKind kind, Operation narrow, Operation wide, Operation vector) => kind switch
    {
        ValueKind.I32 or ValueKind.F32 => narrow,
        ValueKind.V128 => vector,
        _ => wide,
    };

    // Down the stack and in ascending order, so that nothing is overwritten before it was moved.
    public void EmitMoves(ValueKind[] kinds, int from, int to)
    {
        if (from == to || kinds.Length == 0)
        {
            return;
        }

        bool hasReferences = Array.Exists(kinds, kind => kind.IsReference);
        if (!hasReferences || kinds.Length > 1)
        {
            Operation copy = kinds.Length > 1
                ? Operation.CopyMany
                : Sized(kinds[0], Operation.Copy32, Operation.Copy64, Operation.CopyVector);
            code.Emit(copy, to, from, kinds.Length);
        }

        if (kinds.Length > 1 && Array.IndexOf(kinds, ValueKind.V128) >= 0)
        {
            code.Emit(Operation.CopyManyVectors, to, from, kinds.Length);
        }

        if (hasReferences)
        {
            code.Emit(Operation.CopyManyReferences, to, from, kinds.Length);
        }
    }
}
