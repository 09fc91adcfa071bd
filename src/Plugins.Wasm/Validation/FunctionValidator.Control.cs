using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>Blocks, branches and calls. WebAssembly 2.0, section 3.3.8.</content>
internal sealed partial class FunctionValidator
{
    private void OpenBlock(in Instruction instruction)
    {
        FunctionType type = BlockSignatures.Find(instruction.BlockType, _module.Types)
            ?? throw Invalid($"unknown type {instruction.BlockType.TypeIndex}");
        _operands.Pop(type.ParameterKinds);
        _control.Open(instruction.Opcode, type, instruction.Offset);
    }

    private void OpenIf(in Instruction instruction)
    {
        _operands.Pop(ValueKind.I32);
        OpenBlock(instruction);
    }

    private void OpenElse(in Instruction instruction)
    {
        if (_control.Innermost.Opcode != Opcode.If)
        {
            throw new MalformedModuleException("misplaced ELSE opcode", instruction.Offset);
        }

        FunctionType type = _control.Close().Type;
        _control.Open(Opcode.Else, type, instruction.Offset);
    }

    private void CloseBlock()
    {
        ref readonly ControlFrame frame = ref _control.Close();

        // Without an else, what goes in must come out.
        if (frame.Opcode == Opcode.If && !frame.Type.GivesWhatItTakes)
        {
            throw _operands.TypeMismatch("an if without an else must give what it takes");
        }

        // The results of the function's own frame are nobody's operands.
        if (_control.Count > 0)
        {
            _operands.Push(frame.Type.ResultKinds);
        }
    }

    private void Branch(in Instruction instruction)
    {
        _operands.Pop(LabelKinds(instruction.Index));
        _control.MarkUnreachable();
    }

    private void BranchIf(in Instruction instruction)
    {
        ValueKind[] kinds = LabelKinds(instruction.Index);
        _operands.Pop(ValueKind.I32);
        _operands.Pop(kinds);
        _operands.Push(kinds);
    }

    private void BranchByTable(in Instruction instruction, ref CodeReader code)
    {
        if (instruction.Index > (uint)_limits.BranchTableTargets)
        {
            throw new ModuleLimitException(
                nameof(ModuleLimits.BranchTableTargets),
                _limits.BranchTableTargets,
                instruction.Index,
                instruction.Offset);
        }

        _operands.Pop(ValueKind.I32);
        int? arity = null;

        // The default comes last. Every label is checked against the same operands, which stay as they are.
        for (uint i = 0; i <= instruction.Index; i++)
        {
            ValueKind[] kinds = LabelKinds(code.ReadIndex());
            arity ??= kinds.Length;
            if (kinds.Length != arity)
            {
                throw _operands.TypeMismatch("the targets take different numbers of values");
            }

            _operands.Check(kinds);
        }

        _control.MarkUnreachable();
    }

    private void Return()
    {
        _operands.Pop(LabelKinds((uint)_control.Count - 1));
        _control.MarkUnreachable();
    }

    private void Call(in Instruction instruction)
    {
        CheckFunction(instruction.Index);
        Apply(_module.TypeOfFunction((int)instruction.Index));
    }

    private void CallIndirect(in Instruction instruction)
    {
        if (TypeOfTable(instruction.SecondIndex).Element != ValueKind.FuncRef)
        {
            throw _operands.TypeMismatch("a table of functions is required");
        }

        if (instruction.Index >= (uint)_module.Types.Length)
        {
            throw Invalid($"unknown type {instruction.Index}");
        }

        _operands.Pop(ValueKind.I32);
        Apply(_module.Types[instruction.Index]);
    }

    private void Apply(FunctionType type)
    {
        _operands.Pop(type.ParameterKinds);
        _operands.Push(type.ResultKinds);
    }

    private void CheckFunction(uint index)
    {
        if (index >= (uint)_module.FunctionTypeIndices.Length)
        {
            throw Invalid($"unknown function {index}");
        }
    }

    private ValueKind[] LabelKinds(uint label) => _control.LabelKinds(label, _operands.Offset);
}
