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
        ValueKind second = _operands.Pop();
        ValueKind first = _operands.Pop();
        if (IsReference(first) || IsReference(second))
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
        _operands.Pop(instruction.Kind);
        _operands.Pop(instruction.Kind);
        _operands.Push(instruction.Kind);
    }

    private ValueKind KindOfLocal(in Instruction instruction) => instruction.Index < _locals.Count
        ? _locals[instruction.Index]
        : throw Invalid($"unknown local {instruction.Index}");

    private void Tee(in Instruction instruction)
    {
        ValueKind kind = KindOfLocal(instruction);
        _operands.Pop(kind);
        _operands.Push(kind);
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

        _operands.Pop(type.Value);
    }

    private void TestNull()
    {
        ValueKind kind = _operands.Pop();
        if (kind != OperandStack.Unknown && !IsReference(kind))
        {
            throw _operands.TypeMismatch("a reference is required");
        }

        _operands.Push(ValueKind.I32);
    }

    private void ReferToFunction(in Instruction instruction)
    {
        CheckFunction(instruction.Index);
        if (!_references.Contains(instruction.Index))
        {
            throw Invalid("undeclared function reference");
        }

        _operands.Push(ValueKind.FuncRef);
    }

    private static bool IsReference(ValueKind kind) => kind is ValueKind.FuncRef or ValueKind.ExternRef;
}
