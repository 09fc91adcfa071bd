using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Translates what reaches into memories and tables, and references.</summary>
/// <remarks>WebAssembly 2.0, sections 4.4.2, 4.4.6 and 4.4.7.</remarks>
internal sealed class StorageTranslator(
    BinaryModule binary, CodeBuffer code, OperandPlaces operands, ValueEmitter values)
{
    public void TranslateLoad(in Instruction instruction, in OpcodeInfo info)
    {
        Operation load = OperationTable.Of(instruction.Opcode);
        Operand index = operands.Pop();
        if (IsFar(instruction))
        {
            int place = values.PlaceOf(index);
            EmitFar(Operation.FarLoad, operands.Push(info.Result), place, load, instruction);
            return;
        }

        if (OperationTable.TryGetConstantAddress(
            load, index, instruction.Immediate, out Operation fixedLoad, out int known))
        {
            code.Produced(code.EmitNumber(fixedLoad, operands.Push(info.Result), known));
            return;
        }

        int address = AddressOf(index, instruction.Immediate, out int offset);
        values.EmitResult(load, info.Result, address, offset);
    }

    private bool IsFar(in Instruction instruction) =>
        instruction.Index != 0 || binary.Memories[0].Address == ValueKind.I64;

    private void EmitFar(Operation operation, int a, int address, Operation access, in Instruction instruction)
    {
        code.Emit(operation, a, address);
        code.Append((int)access, (int)instruction.Index);
        code.Append(instruction.Immediate);
    }

    public void TranslateStore(in Instruction instruction)
    {
        Operation store = OperationTable.Of(instruction.Opcode);
        Operand value = operands.Pop();
        Operand index = operands.Pop();
        if (IsFar(instruction))
        {
            int stored = values.PlaceOf(value);
            EmitFar(Operation.FarStore, stored, values.PlaceOf(index), store, instruction);
            return;
        }

        if (OperationTable.TryGetConstantAddress(
            store, index, instruction.Immediate, out Operation fixedStore, out int known))
        {
            code.EmitNumber(fixedStore, values.PlaceOf(value), known);
            return;
        }

        int address = AddressOf(index, instruction.Immediate, out int offset);
        code.Emit(store, values.PlaceOf(value), address, offset);
    }

    /// <summary>The slot of an address, and what an access adds to it; a large offset is added before.</summary>
    private int AddressOf(Operand address, ulong offset, out int rest)
    {
        int place = values.PlaceOf(address);
        rest = (int)offset;
        if (offset <= ushort.MaxValue)
        {
            return place;
        }

        rest = 0;
        code.Emit(Operation.AddOffset, address.Slot, place);
        code.Append(offset);
        return address.Slot;
    }

    public void Translate(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.RefNull:
                code.Emit(Operation.NullReference, operands.Push(instruction.Kind));
                break;
            case Opcode.RefIsNull:
                values.EmitResult(Operation.ReferenceIsNull, ValueKind.I32, values.PlaceOf(operands.Pop()));
                break;
            case Opcode.RefAsNonNull:
                Operand nonNull = operands.Pop();
                code.Emit(Operation.ReferenceAsNonNull, values.PlaceOf(nonNull));
                operands.PushAgain(nonNull.Kind, nonNull);
                break;
            case Opcode.RefFunc:
                int reference = operands.Push(ValueKind.FuncRef);
                code.EmitNumber(Operation.ReferenceToFunction, reference, (int)instruction.Index);
                break;
            case >= Opcode.MemorySize and <= Opcode.MemoryGrow or >= Opcode.MemoryInit and <= Opcode.MemoryFill:
                TranslateMemory(instruction);
                break;
            default:
                TranslateTable(instruction);
                break;
        }
    }

    private void TranslateMemory(in Instruction instruction)
    {
        int first = (int)instruction.Index;
        int second = (int)instruction.SecondIndex;
        switch (instruction.Opcode)
        {
            case Opcode.MemorySize:
                values.EmitResult(Operation.MemorySize, binary.Memories[first].Address, 0, first);
                break;
            case Opcode.MemoryGrow:
                int pages = values.PlaceOf(operands.Pop());
                values.EmitResult(Operation.MemoryGrow, binary.Memories[first].Address, pages, first);
                break;
            case Opcode.MemoryFill:
                EmitWithThree(Operation.MemoryFill);
                code.Append(0, first);
                break;
            case Opcode.MemoryCopy:
                EmitWithThree(Operation.MemoryCopy);
                code.Append(second, first);
                break;
            case Opcode.MemoryInit:
                EmitWithThree(Operation.MemoryInit);
                code.Append(second, first);
                break;
            default:
                code.EmitNumber(Operation.DataDrop, 0, first);
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
                int element = values.PlaceOf(operands.Pop());
                code.Emit(Operation.TableGet, operands.Push(binary.Tables[first].Element), element);
                code.Append(0, first);
                break;
            case Opcode.TableSet:
                int value = values.PlaceOf(operands.Pop());
                code.Emit(Operation.TableSet, values.PlaceOf(operands.Pop()), value);
                code.Append(0, first);
                break;
            case Opcode.TableSize:
                code.Emit(Operation.TableSize, operands.Push(binary.Tables[first].Address));
                code.Append(0, first);
                break;
            case Opcode.TableGrow:
                int elements = values.PlaceOf(operands.Pop());
                int initial = values.PlaceOf(operands.Pop());
                code.Emit(Operation.TableGrow, operands.Push(binary.Tables[first].Address), initial, elements);
                code.Append(0, first);
                break;
            case Opcode.TableFill:
                EmitWithThree(Operation.TableFill);
                code.Append(0, first);
                break;
            case Opcode.TableCopy:
                EmitWithThree(Operation.TableCopy);
                code.Append(second, first);
                break;
            case Opcode.TableInit:
                EmitWithThree(Operation.TableInit);
                code.Append(first, second);
                break;
            default:
                code.Emit(Operation.ElementDrop);
                code.Append(0, first);
                break;
        }
    }

    private void EmitWithThree(Operation operation)
    {
        int third = values.PlaceOf(operands.Pop());
        int second = values.PlaceOf(operands.Pop());
        code.Emit(operation, values.PlaceOf(operands.Pop()), second, third);
    }
}
