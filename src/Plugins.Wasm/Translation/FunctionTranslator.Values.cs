using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <content>Numbers, locals and globals. WebAssembly 2.0, sections 4.4.1, 4.4.4 and 4.4.5.</content>
internal sealed partial class FunctionTranslator
{
    private void TranslateNumeric(in Instruction instruction, in OpcodeInfo info)
    {
        switch (info.OperandCount)
        {
            case 0:
                _operands.PushConstant(info.Result, instruction.Immediate);
                break;
            case 1 when OperationTable.KeepsBits(instruction.Opcode):
                _operands.PushAgain(info.Result, _operands.Pop());
                break;
            case 1:
                int operand = PlaceOf(_operands.Pop());
                EmitResult(OperationTable.Of(instruction.Opcode), info.Result, operand);
                break;
            default:
                TranslateBinary(instruction.Opcode, info.Result);
                break;
        }
    }

    private void TranslateBinary(Opcode opcode, ValueKind result)
    {
        Operand right = _operands.Pop();
        Operand left = _operands.Pop();
        if (left.IsConstant && !right.IsConstant && OperationTable.IsCommutative(opcode))
        {
            // Each keeps the slot it had.
            (left, right) = (right, left);
        }

        if (right.IsConstant
            && OperationTable.TryGetImmediate(opcode, right.Bits, out Operation operation, out short immediate))
        {
            EmitResult(operation, result, PlaceOf(left), (ushort)immediate);
            return;
        }

        int first = PlaceOf(left);
        EmitResult(OperationTable.Of(opcode), result, first, PlaceOf(right));
    }

    private void GetLocal(int local) => _operands.PushLocal(_locals.KindOf(local), _locals.SlotOf(local));

    private void SetLocal(int local)
    {
        Operand value = _operands.Pop();
        int slot = _locals.SlotOf(local);
        if (_operands.HasAliasOf(slot))
        {
            SettleAliasesOf(slot);
        }

        if (value.Place == value.Slot && _code.Producer != CodeBuffer.None)
        {
            _code[_code.Producer].A = (ushort)slot;
            _code.Produced(CodeBuffer.None);
        }
        else if (value.Place != slot)
        {
            EmitMove(value, slot);
        }
    }

    private void GetGlobal(int index)
    {
        GlobalPlace place = _module.Globals[index];
        ValueKind kind = _binary.Globals[index].Value;
        if (place.Constant is ConstantExpression constant)
        {
            _operands.PushConstant(kind, constant.Bits);
            return;
        }

        int number = NumberOf(place, index);
        Operation operation = IsReference(kind) ? Operation.CellGetReference
            : place.Kind == GlobalPlaceKind.Slot ? Sized(kind, Operation.SlotGet32, Operation.SlotGet64)
            : Sized(kind, Operation.CellGet32, Operation.CellGet64);
        int slot = _operands.Push(kind);
        ProducedUnlessReference(_code.EmitNumber(operation, slot, number), kind);
    }

    private void SetGlobal(int index)
    {
        GlobalPlace place = _module.Globals[index];
        ValueKind kind = _binary.Globals[index].Value;
        Operation operation = IsReference(kind) ? Operation.CellSetReference
            : place.Kind == GlobalPlaceKind.Slot ? Sized(kind, Operation.SlotSet32, Operation.SlotSet64)
            : Sized(kind, Operation.CellSet32, Operation.CellSet64);
        int value = PlaceOf(_operands.Pop());
        _code.EmitNumber(operation, value, NumberOf(place, index));
    }

    private static int NumberOf(GlobalPlace place, int index) =>
        place.Kind == GlobalPlaceKind.Slot ? place.Slot * GlobalSlots.WordsPerSlot : index;

    private void TranslateSelect()
    {
        int condition = PlaceOf(_operands.Pop());
        Operand second = _operands.Pop();
        Operand first = _operands.Pop();
        Operation operation = first.IsReference
            ? Operation.SelectReference
            : Sized(first.Kind, Operation.Select32, Operation.Select64);
        int place = PlaceOf(first);
        int other = PlaceOf(second);
        int slot = _operands.Push(first.Kind);
        int instruction = _code.Emit(operation, slot, place, other);
        _code[_code.Append(0, 0)].A = (ushort)condition;
        ProducedUnlessReference(instruction, first.Kind);
    }

    /// <summary>Emits an instruction whose result is pushed.</summary>
    private void EmitResult(Operation operation, ValueKind kind, int b, int c = 0)
    {
        int slot = _operands.Push(kind);
        ProducedUnlessReference(_code.Emit(operation, slot, b, c), kind);
    }

    // The place of a reference stands in instructions that do more than one thing.
    private void ProducedUnlessReference(int instruction, ValueKind kind)
    {
        if (!IsReference(kind))
        {
            _code.Produced(instruction);
        }
    }

    /// <summary>The slot where an operand is; a constant is put in its own.</summary>
    private int PlaceOf(Operand operand)
    {
        if (!operand.IsConstant)
        {
            return operand.Place;
        }

        EmitMove(operand, operand.Slot);
        return operand.Slot;
    }

    private void EmitMove(Operand value, int slot)
    {
        if (!value.IsConstant)
        {
            Operation copy = value.IsReference
                ? Operation.CopyReference
                : Sized(value.Kind, Operation.Copy32, Operation.Copy64);
            _code.Emit(copy, slot, value.Place);
        }
        else if (value.Bits <= uint.MaxValue)
        {
            _code.EmitNumber(Operation.Constant32, slot, (int)value.Bits);
        }
        else
        {
            _code.Emit(Operation.Constant64, slot);
            _code.Append(value.Bits);
        }
    }

    /// <summary>Puts the value at a position into the slot of its own.</summary>
    private void Settle(int position)
    {
        Operand value = _operands[position];
        if (value.Place != value.Slot)
        {
            EmitMove(value, value.Slot);
            _operands.Settle(position);
        }
    }

    private void SettleTop(int count)
    {
        for (int i = _operands.Count - count; i < _operands.Count; i++)
        {
            Settle(i);
        }
    }

    private void SettleAll() => SettleTop(_operands.Count);

    private void SettleAliasesOf(int slot)
    {
        for (int i = 0; i < _operands.Count; i++)
        {
            if (_operands[i].Place == slot)
            {
                Settle(i);
            }
        }
    }

    private static bool IsReference(ValueKind kind) => kind is ValueKind.FuncRef or ValueKind.ExternRef;

    private static Operation Sized(ValueKind kind, Operation narrow, Operation wide) =>
        kind is ValueKind.I32 or ValueKind.F32 ? narrow : wide;
}
