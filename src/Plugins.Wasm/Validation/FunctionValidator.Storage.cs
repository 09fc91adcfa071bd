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
        _operands.Pop(ValueKind.I32);
        _operands.Push(table.Code);
    }

    private void SetInTable(in Instruction instruction)
    {
        ChangesTables = true;
        _operands.Pop(TypeOfTable(instruction.Index).Code);
        _operands.Pop(ValueKind.I32);
    }

    private void MeasureTable(in Instruction instruction)
    {
        TypeOfTable(instruction.Index);
        _operands.Push(ValueKind.I32);
    }

    private void GrowTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        _operands.Pop(ValueKind.I32);
        _operands.Pop(table.Code);
        _operands.Push(ValueKind.I32);
    }

    private void FillTable(in Instruction instruction)
    {
        ChangesTables = true;
        TableType table = TypeOfTable(instruction.Index);
        _operands.Pop(ValueKind.I32);
        _operands.Pop(table.Code);
        _operands.Pop(ValueKind.I32);
    }

    private void CopyTable(in Instruction instruction)
    {
        ChangesTables = true;
        ValueCode destination = TypeOfTable(instruction.Index).Code;
        CheckElements(destination, TypeOfTable(instruction.SecondIndex).Code);
        PopRange();
    }

    private void InitializeTable(in Instruction instruction)
    {
        ChangesTables = true;
        ValueCode destination = TypeOfTable(instruction.SecondIndex).Code;
        CheckElements(destination, CodeOfElements(instruction.Index));
        PopRange();
    }

    private void CheckElements(ValueCode destination, ValueCode source)
    {
        if (!_module.Definitions.Matches(source, destination))
        {
            throw _operands.Mismatch(destination, source);
        }
    }

    private void MeasureMemory()
    {
        CheckMemory();
        _operands.Push(ValueKind.I32);
    }

    private void GrowMemory()
    {
        CheckMemory();
        _operands.Pop(ValueKind.I32);
        _operands.Push(ValueKind.I32);
    }

    private void FillOrCopyMemory()
    {
        CheckMemory();
        PopRange();
    }

    private void InitializeMemory(in Instruction instruction)
    {
        CheckMemory();
        CheckData(instruction);
        PopRange();
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

    private void CheckAccess(in Instruction instruction, byte accessBytes)
    {
        CheckMemory();
        if (1ul << (int)instruction.SecondIndex > accessBytes)
        {
            throw Invalid("alignment must not be larger than natural");
        }
    }

    private void CheckMemory()
    {
        if (_module.Memories.Length == 0)
        {
            throw Invalid("unknown memory 0");
        }
    }

    // Destination, source or value, and length.
    private void PopRange()
    {
        _operands.Pop(ValueKind.I32);
        _operands.Pop(ValueKind.I32);
        _operands.Pop(ValueKind.I32);
    }
}
