using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <content>References, memories and tables. WebAssembly 2.0, sections 4.4.2, 4.4.6 and 4.4.7.</content>
internal sealed partial class FunctionTranslator
{
    private void TranslateLoad(in Instruction instruction, in OpcodeInfo info)
    {
        Operation load = OperationTable.Of(instruction.Opcode);
        Operand index = _operands.Pop();
        if (OperationTable.TryGetConstantAddress(
            load, index, instruction.Immediate, out Operation fixedLoad, out int known))
        {
            _code.Produced(_code.EmitNumber(fixedLoad, _operands.Push(info.Result), known));
            return;
        }

        int address = AddressOf(index, instruction.Immediate, out int offset);
        _values.EmitResult(load, info.Result, address, offset);
    }

    private void TranslateStore(in Instruction instruction)
    {
        Operation store = OperationTable.Of(instruction.Opcode);
        Operand value = _operands.Pop();
        Operand index = _operands.Pop();
        if (OperationTable.TryGetConstantAddress(
            store, index, instruction.Immediate, out Operation fixedStore, out int known))
        {
            _code.EmitNumber(fixedStore, _values.PlaceOf(value), known);
            return;
        }

        int address = AddressOf(index, instruction.Immediate, out int offset);
        _code.Emit(store, _values.PlaceOf(value), address, offset);
    }

    /// <summary>The slot of an address, and what an access adds to it; a large offset is added before.</summary>
    private int AddressOf(Operand address, ulong offset, out int rest)
    {
        int place = _values.PlaceOf(address);
        rest = (int)offset;
        if (offset <= ushort.MaxValue)
        {
            return place;
        }

        rest = 0;
        _code.Emit(Operation.AddOffset, address.Slot, place);
        _code.Append(offset);
        return address.Slot;
    }

    private void TranslateMemoryOrTable(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefNull:
                _code.Emit(Operation.NullReference, _operands.Push(instruction.Kind));
                break;
            case Opcode.RefIsNull:
                _values.EmitResult(Operation.ReferenceIsNull, ValueKind.I32, _values.PlaceOf(_operands.Pop()));
                break;
            case Opcode.RefFunc:
                int reference = _operands.Push(ValueKind.FuncRef);
                _code.EmitNumber(Operation.ReferenceToFunction, reference, (int)instruction.Index);
                break;
            case Opcode.MemorySize:
                _values.EmitResult(Operation.MemorySize, ValueKind.I32, 0);
                break;
            case Opcode.MemoryGrow:
                _values.EmitResult(Operation.MemoryGrow, ValueKind.I32, _values.PlaceOf(_operands.Pop()));
                break;
            case Opcode.MemoryFill:
                EmitWithThree(Operation.MemoryFill);
                break;
            case Opcode.MemoryCopy:
                EmitWithThree(Operation.MemoryCopy);
                break;
            case Opcode.MemoryInit:
                EmitWithThree(Operation.MemoryInit);
                _code.Append(0, (int)instruction.Index);
                break;
            case Opcode.DataDrop:
                _code.EmitNumber(Operation.DataDrop, 0, (int)instruction.Index);
                break;
            default:
                TranslateTable(instruction);
                break;
        }
    }

    private void TranslateTable(in Instruction instruction)
    {
        int first = (int)instruction.Index;
        int second = (int)instruction.SecondIndex;
        switch (instruction.Opcode)
        {
            case Opcode.TableGet:
                int element = _values.PlaceOf(_operands.Pop());
                _code.Emit(Operation.TableGet, _operands.Push(_binary.Tables[first].Element), element);
                _code.Append(0, first);
                break;
            case Opcode.TableSet:
                int value = _values.PlaceOf(_operands.Pop());
                _code.Emit(Operation.TableSet, _values.PlaceOf(_operands.Pop()), value);
                _code.Append(0, first);
                break;
            case Opcode.TableSize:
                _code.Emit(Operation.TableSize, _operands.Push(ValueKind.I32));
                _code.Append(0, first);
                break;
            case Opcode.TableGrow:
                int elements = _values.PlaceOf(_operands.Pop());
                int initial = _values.PlaceOf(_operands.Pop());
                _code.Emit(Operation.TableGrow, _operands.Push(ValueKind.I32), initial, elements);
                _code.Append(0, first);
                break;
            case Opcode.TableFill:
                EmitWithThree(Operation.TableFill);
                _code.Append(0, first);
                break;
            case Opcode.TableCopy:
                EmitWithThree(Operation.TableCopy);
                _code.Append(second, first);
                break;
            case Opcode.TableInit:
                EmitWithThree(Operation.TableInit);
                _code.Append(first, second);
                break;
            default:
                _code.Emit(Operation.ElementDrop);
                _code.Append(0, first);
                break;
        }
    }

    private void EmitWithThree(Operation operation)
    {
        int third = _values.PlaceOf(_operands.Pop());
        int second = _values.PlaceOf(_operands.Pop());
        _code.Emit(operation, _values.PlaceOf(_operands.Pop()), second, third);
    }
}
