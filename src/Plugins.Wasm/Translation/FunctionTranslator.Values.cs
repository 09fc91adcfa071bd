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
                _values.EmitNumeric(instruction.Opcode, info.Result, _values.PlaceOf(_operands.Pop()));
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
            _values.EmitResult(operation, result, _values.PlaceOf(left), (ushort)immediate);
            return;
        }

        int first = _values.PlaceOf(left);
        _values.EmitNumeric(opcode, result, first, _values.PlaceOf(right));
    }

    private void TranslateWide(Opcode opcode)
    {
        int count = opcode <= Opcode.I64Sub128 ? 4 : 2;
        _values.SettleTop(count);
        _operands.PopTo(_operands.Count - count);
        int low = _operands.Push(ValueKind.I64);
        _operands.Push(ValueKind.I64);
        _code.Emit(Operation.I64Add128 + (opcode - Opcode.I64Add128), low);
    }

    private void GetLocal(int local) => _operands.PushLocal(_locals.KindOf(local), _locals.SlotOf(local));

    private void SetLocal(int local)
    {
        Operand value = _operands.Pop();
        int slot = _locals.SlotOf(local);
        if (_operands.HasAliasOf(slot))
        {
            _values.SettleAliasesOf(slot);
        }

        if (value.Place == value.Slot && _code.Producer != CodeBuffer.None)
        {
            _code[_code.Producer].A = (ushort)slot;
            _code.Produced(CodeBuffer.None);
        }
        else if (value.Place != slot)
        {
            _values.EmitMove(value, slot);
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

        int number = place.NumberOf(index);
        int slot = _operands.Push(kind);
        int instruction = _code.EmitNumber(OperationTable.OfGlobalGet(place.Kind, kind), slot, number);
        _values.ProducedUnlessReference(instruction, kind);
    }

    private void SetGlobal(int index)
    {
        GlobalPlace place = _module.Globals[index];
        ValueKind kind = _binary.Globals[index].Value;
        int value = _values.PlaceOf(_operands.Pop());
        _code.EmitNumber(OperationTable.OfGlobalSet(place.Kind, kind), value, place.NumberOf(index));
    }

    private void TranslateSelect()
    {
        int condition = _values.PlaceOf(_operands.Pop());
        Operand second = _operands.Pop();
        Operand first = _operands.Pop();
        Operation operation = first.IsReference
            ? Operation.SelectReference
            : ValueEmitter.Sized(first.Kind, Operation.Select32, Operation.Select64, Operation.SelectVector);
        int place = _values.PlaceOf(first);
        int other = _values.PlaceOf(second);
        int slot = _operands.Push(first.Kind);
        int instruction = _code.Emit(operation, slot, place, other);
        _code[_code.Append(0, 0)].A = (ushort)condition;
        _values.ProducedUnlessReference(instruction, first.Kind);
    }
}
