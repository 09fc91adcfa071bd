using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>Validates table and memory instructions.</summary>
/// <remarks>WebAssembly 2.0, sections 3.3.6 and 3.3.7.</remarks>
internal sealed class StorageValidator(BinaryModule module, OperandStack operands)
{
    /// <summary>Whether any instruction so far changes a table.</summary>
    public bool ChangesTables { get; private set; }

    /// <returns>Whether it is one of these instructions.</returns>
    public bool Validate(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.TableGet: GetFromTable(instruction); break;
            case Opcode.TableSet: SetInTable(instruction); break;
            case Opcode.TableSize: MeasureTable(instruction); break;
            case Opcode.TableGrow: GrowTable(instruction); break;
            case Opcode.TableFill: FillTable(instruction); break;
            case Opcode.TableCopy: CopyTable(instruction); break;
            case Opcode.TableInit: InitializeTable(instruction); break;
            case Opcode.ElemDrop: CodeOfElements(instruction.Index); break;
            case Opcode.MemorySize: MeasureMemory(instruction); break;
            case Opcode.MemoryGrow: GrowMemory(instruction); break;
            case Opcode.MemoryFill: FillMemory(instruction); break;
            case Opcode.MemoryCopy: CopyMemory(instruction); break;
            case Opcode.MemoryInit: InitializeMemory(instruction); break;
            case Opcode.DataDrop: CheckData(instruction); break;
            default: return false;
        }

        return true;
    }

    public TableType TypeOfTable(uint index) => index < (uint)module.Tables.Length
        ? module.Tables[index]
        : throw Invalid($"unknown table {index}");

    public ValueCode CodeOfElements(uint index) => index < (uint)module.Elements.Length
        ? module.Elements[index].Code
        : throw Invalid($"unknown elem segment {index}");

    private void GetFromTable(in Instruction instruction)
    {
        TableType table = TypeOfTable(instruction.Index);
        operands.Pop(table.Address);
        operands.Push(table.Code);
    }

    private void SetInTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        operands.Pop(table.Code);
        operands.Pop(table.Address);
    }

    private void MeasureTable(in Instruction instruction) =>
        operands.Push(TypeOfTable(instruction.Index).Address);

    private void GrowTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        operands.Pop(table.Address);
        operands.Pop(table.Code);
        operands.Push(table.Address);
    }

    private void FillTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        operands.Pop(table.Address);
        operands.Pop(table.Code);
        operands.Pop(table.Address);
    }

    private void CopyTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType destination = TypeOfTable(instruction.Index);
        TableType source = TypeOfTable(instruction.SecondIndex);
        CheckElements(destination.Code, source.Code);
        PopRange(destination.Address, source.Address, Narrower(destination.Address, source.Address));
    }

    private void InitializeTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType destination = TypeOfTable(instruction.SecondIndex);
        CheckElements(destination.Code, CodeOfElements(instruction.Index));
        PopRange(destination.Address, ValueKind.I32, ValueKind.I32);
    }

    private void CheckElements(ValueCode destination, ValueCode source)
    {
        if (!module.Definitions.Matches(source, destination))
        {
            throw operands.Mismatch(destination, source);
        }
    }

    private MemoryType TypeOfMemory(uint index) => index < (uint)module.Memories.Length
        ? module.Memories[index]
        : throw Invalid($"unknown memory {index}");

    private void MeasureMemory(in Instruction instruction) =>
        operands.Push(TypeOfMemory(instruction.Index).Address);

    private void GrowMemory(in Instruction instruction)
    {
        ValueKind address = TypeOfMemory(instruction.Index).Address;
        operands.Pop(address);
        operands.Push(address);
    }

    private void FillMemory(in Instruction instruction)
    {
        ValueKind address = TypeOfMemory(instruction.Index).Address;
        PopRange(address, ValueKind.I32, address);
    }

    private void CopyMemory(in Instruction instruction)
    {
        ValueKind destination = TypeOfMemory(instruction.Index).Address;
        ValueKind source = TypeOfMemory(instruction.SecondIndex).Address;
        PopRange(destination, source, Narrower(destination, source));
    }

    private void InitializeMemory(in Instruction instruction)
    {
        ValueKind destination = TypeOfMemory(instruction.SecondIndex).Address;
        CheckData(instruction);
        PopRange(destination, ValueKind.I32, ValueKind.I32);
    }

    // The count stands before the code, so that code can be validated before the data comes (section 5.5.15).
    private void CheckData(in Instruction instruction) => CheckData(instruction.Index, instruction.Offset);

    public void CheckData(uint segment, int offset)
    {
        int count = module.DataCount
            ?? throw new MalformedModuleException("data count section required", offset);
        if (segment >= (uint)count)
        {
            throw Invalid($"unknown data segment {segment}");
        }
    }

    public void Access(in Instruction instruction, in OpcodeInfo info)
    {
        MemoryType memory = TypeOfMemory(instruction.Index);
        if (1ul << (int)instruction.SecondIndex > info.AccessBytes)
        {
            throw Invalid("alignment must not be larger than natural");
        }

        if (memory.Address == ValueKind.I32 && instruction.Immediate > uint.MaxValue)
        {
            throw Invalid("offset out of range");
        }

        if (info.OperandCount > 1)
        {
            operands.Pop(info.Second);
        }

        operands.Pop(memory.Address);
        if (info.HasResult)
        {
            operands.Push(info.Result);
        }
    }

    // How much is copied fits both places.
    private static ValueKind Narrower(ValueKind first, ValueKind second) =>
        first == ValueKind.I32 ? first : second;

    // Destination, source or value, and length.
    private void PopRange(ValueKind destination, ValueKind source, ValueKind length)
    {
        operands.Pop(length);
        operands.Pop(source);
        operands.Pop(destination);
    }

    private InvalidModuleException Invalid(string reason) => new(reason, operands.Offset);
}
