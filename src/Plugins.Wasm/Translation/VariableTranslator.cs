using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Translates numbers, locals and globals.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.1, 4.4.4 and 4.4.5.</remarks>
internal sealed class VariableTranslator(
    Module module, CodeBuffer code, OperandPlaces operands, ValueEmitter values, LocalSlots locals)
{
    private readonly BinaryModule _binary = module.Binary;

    public void TranslateNumeric(in Instruction instruction, in OpcodeInfo info)
    {
        switch (info.OperandCount)
        {
            case 0:
                operands.PushConstant(info.Result, instruction.Immediate);
                break;
            case 1 when OperationTable.KeepsBits(instruction.Opcode):
                operands.PushAgain(info.Result, operands.Pop());
                break;
            case 1:
                values.EmitNumeric(instruction.Opcode, info.Result, values.PlaceOf(operands.Pop()));
                break;
            default:
                TranslateBinary(instruction.Opcode, info.Result);
                break;
        }
    }

    private void TranslateBinary(Opcode opcode, ValueKind result)
    {
        Operand right = operands.Pop();
        Operand left = operands.Pop();
        if (left.IsConstant && !right.IsConstant && OperationTable.IsCommutative(opcode))
        {
            // Each keeps the slot it had.
            (left, right) = (right, left);
        }

        if (right.IsConstant
            && OperationTable.TryGetImmediate(opcode, right.Bits, out Operation operation, out short immediate))
        {
            values.EmitResult(operation, result, values.PlaceOf(left), (ushort)immediate);
            return;
        }

        int first = values.PlaceOf(left);
        values.EmitNumeric(opcode, result, first, values.PlaceOf(right));
    }

    public void TranslateWide(Opcode opcode)
    {
        int count = opcode <= Opcode.I64Sub128 ? 4 : 2;
        values.SettleTop(count);
        operands.PopTo(operands.Count - count);
        int low = operands.Push(ValueKind.I64);
        operands.Push(ValueKind.I64);
        code.Emit(Operation.I64Add128 + (opcode - Opcode.I64Add128), low);
    }

    public void GetLocal(int local) => operands.PushLocal(locals.KindOf(local), locals.SlotOf(local));

    public void SetLocal(int local)
    {
        Operand value = operands.Pop();
        int slot = locals.SlotOf(local);
        if (operands.HasAliasOf(slot))
        {
            values.SettleAliasesOf(slot);
        }

        if (value.Place == value.Slot && code.Producer != CodeBuffer.None)
        {
            code[code.Producer].A = (ushort)slot;
            code.Produced(CodeBuffer.None);
        }
        else if (value.Place != slot)
        {
            values.EmitMove(value, slot);
        }
    }

    public void GetGlobal(int index)
    {
        GlobalPlace place = module.Globals[index];
        ValueKind kind = _binary.Globals[index].Value;
        if (place.Constant is ConstantExpression constant)
        {
            operands.PushConstant(kind, constant.Bits);
            return;
        }

        int number = place.NumberOf(index);
        int slot = operands.Push(kind);
        int instruction = code.EmitNumber(OperationTable.OfGlobalGet(place.Kind, kind), slot, number);
        values.ProducedUnlessReference(instruction, kind);
    }

    public void SetGlobal(int index)
    {
        GlobalPlace place = module.Globals[index];
        ValueKind kind = _binary.Globals[index].Value;
        int value = values.PlaceOf(operands.Pop());
        code.EmitNumber(OperationTable.OfGlobalSet(place.Kind, kind), value, place.NumberOf(index));
    }

    public void TranslateSelect()
    {
        int condition = values.PlaceOf(operands.Pop());
        Operand second = operands.Pop();
        Operand first = operands.Pop();
        Operation operation = first.IsReference
            ? Operation.SelectReference
            : ValueEmitter.Sized(first.Kind, Operation.Select32, Operation.Select64, Operation.SelectVector);
        int place = values.PlaceOf(first);
        int other = values.PlaceOf(second);
        int slot = operands.Push(first.Kind);
        int instruction = code.Emit(operation, slot, place, other);
        code[code.Append(0, 0)].A = (ushort)condition;
        values.ProducedUnlessReference(instruction, first.Kind);
    }
}
