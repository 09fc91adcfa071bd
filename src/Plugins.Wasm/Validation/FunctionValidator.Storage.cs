using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>Table and memory instructions. WebAssembly 2.0, sections 3.3.6 and 3.3.7.</content>
internal sealed partial class FunctionValidator
{
    private TableType TypeOfTable(uint index) => index < (uint)_module.Tables.Length
        ? _module.Tables[index]
        : throw Invalid($"unknown table {index}");

    private ValueCode CodeOfElements(uint index) => index < (uint)_module.Elements.Length
        ? _module.Elements[index].Code
        : throw Invalid($"unknown elem segment {index}");

    private void GetFromTable(in Instruction instruction)
    {
        TableType table = TypeOfTable(instruction.Index);
        _operands.Pop(table.Address);
        _operands.Push(table.Code);
    }

    private void SetInTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        _operands.Pop(table.Code);
        _operands.Pop(table.Address);
    }

    private void MeasureTable(in Instruction instruction) =>
        _operands.Push(TypeOfTable(instruction.Index).Address);

    private void GrowTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        _operands.Pop(table.Address);
        _operands.Pop(table.Code);
        _operands.Push(table.Address);
    }

    private void FillTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        _operands.Pop(table.Address);
        _operands.Pop(table.Code);
        _operands.Pop(table.Address);
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
        if (!_module.Definitions.Matches(source, destination))
        {
            throw _operands.Mismatch(destination, source);
        }
    }

    private MemoryType TypeOfMemory(uint index) => index < (uint)_module.Memories.Length
        ? _module.Memories[index]
        : throw Invalid($"unknown memory {index}");

    private void MeasureMemory(in Instruction instruction) =>
        _operands.Push(TypeOfMemory(instruction.Index).Address);

    private void GrowMemory(in Instruction instruction)
    {
        ValueKind address = TypeOfMemory(instruction.Index).Address;
        _operands.Pop(address);
        _operands.Push(address);
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
    private void CheckData(in Instruction instruction)
    {
        int count = _module.DataCount
            ?? throw new MalformedModuleException("data count section required", instruction.Offset);
        if (instruction.Index >= (uint)count)
        {
            throw Invalid($"unknown data segment {instruction.Index}");
        }
    }

    private void Access(in Instruction instruction, in OpcodeInfo info)
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
            _operands.Pop(info.Second);
        }

        _operands.Pop(memory.Address);
        if (info.HasResult)
        {
            _operands.Push(info.Result);
        }
    }

    // How much is copied fits both places.
    private static ValueKind Narrower(ValueKind first, ValueKind second) =>
        first == ValueKind.I32 ? first : second;

    // Destination, source or value, and length.
    private void PopRange(ValueKind destination, ValueKind source, ValueKind length)
    {
        _operands.Pop(length);
        _operands.Pop(source);
        _operands.Pop(destination);
    }
}
