using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>Parametric, variable and reference instructions. WebAssembly 2.0, sections 3.3.3 to 3.3.5.</content>
internal sealed partial class FunctionValidator
{
    // Without a type it selects numbers only.
    private void Select()
    {
        _operands.Pop(ValueKind.I32);
        ValueCode second = _operands.Pop();
        ValueCode first = _operands.Pop();
        if (first.IsReference || second.IsReference)
        {
            throw _operands.TypeMismatch("select of references needs a type");
        }

        if (first != second && first != OperandStack.Unknown && second != OperandStack.Unknown)
        {
            throw _operands.Mismatch(first, second);
        }

        _operands.Push(first == OperandStack.Unknown ? second : first);
    }

    private void SelectTyped(in Instruction instruction)
    {
        if (instruction.Index != 1)
        {
            throw Invalid("invalid result arity");
        }

        _operands.Pop(ValueKind.I32);
        _operands.Pop(instruction.Code);
        _operands.Pop(instruction.Code);
        _operands.Push(instruction.Code);
    }

    private ValueCode CodeOfLocal(in Instruction instruction) => instruction.Index < _locals.Count
        ? _locals[instruction.Index]
        : throw Invalid($"unknown local {instruction.Index}");

    private void GetLocal(in Instruction instruction)
    {
        ValueCode code = CodeOfLocal(instruction);
        if (!code.HasDefault && !_locals.IsInitialized(instruction.Index))
        {
            throw Invalid($"uninitialized local {instruction.Index}");
        }

        _operands.Push(code);
    }

    private void SetLocal(in Instruction instruction)
    {
        _operands.Pop(CodeOfLocal(instruction));
        _locals.Initialize(instruction.Index);
    }

    private void Tee(in Instruction instruction)
    {
        SetLocal(instruction);
        _operands.Push(CodeOfLocal(instruction));
    }

    private GlobalType TypeOfGlobal(in Instruction instruction) => instruction.Index < (uint)_module.Globals.Length
        ? _module.Globals[instruction.Index]
        : throw Invalid($"unknown global {instruction.Index}");

    private void SetGlobal(in Instruction instruction)
    {
        GlobalType type = TypeOfGlobal(instruction);
        if (!type.IsMutable)
        {
            throw Invalid("global is immutable");
        }

        _operands.Pop(type.Code);
    }

    private void TestNull()
    {
        _operands.PopReference();
        _operands.Push(ValueKind.I32);
    }

    // The low half of each number of 128 bits comes before the high one.
    private void ApplyWide(int operands)
    {
        for (int i = 0; i < operands; i++)
        {
            _operands.Pop(ValueKind.I64);
        }

        _operands.Push(ValueKind.I64);
        _operands.Push(ValueKind.I64);
    }

    private void ReferToFunction(in Instruction instruction)
    {
        CheckFunction(instruction.Index);
        if (!_references.Contains(instruction.Index))
        {
            throw Invalid("undeclared function reference");
        }

        _operands.Push(DefinitionOf(instruction.Index).Code(isNullable: false));
    }

    private DefinedType DefinitionOf(uint function) =>
        _module.Definitions[_module.FunctionTypeIndices[function]];

    // Section 3.3.2. A shuffle's lanes are those of two vectors.
    private void CheckLanes(in Instruction instruction, ImmediateKind immediate)
    {
        bool isValid = immediate switch
        {
            ImmediateKind.Lane or ImmediateKind.MemoryLane =>
                instruction.Lane < OpcodeTable.LanesOf(instruction.Opcode),
            ImmediateKind.Vector when instruction.Opcode == Opcode.I8x16Shuffle =>
                Vector128.LessThanAll(
                    _module.VectorAt(instruction.Immediate), Vector128.Create((byte)(2 * BinaryModule.VectorBytes))),
            _ => true,
        };
        if (!isValid)
        {
            throw Invalid("invalid lane index");
        }
    }
}
