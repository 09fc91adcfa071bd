using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>Blocks, branches and calls. WebAssembly 2.0, section 3.3.8.</content>
internal sealed partial class FunctionValidator
{
    private void OpenBlock(in Instruction instruction)
    {
        FunctionType type = BlockSignatures.Find(instruction.BlockType, _module.Definitions)
            ?? throw Invalid($"unknown type {instruction.BlockType.TypeIndex}");
        _operands.Pop(type.ParameterCodes);
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
        if (frame.Opcode == Opcode.If && !GivesWhatItTakes(frame.Type))
        {
            throw _operands.TypeMismatch("an if without an else must give what it takes");
        }

        // The results of the function's own frame are nobody's operands.
        if (_control.Count > 0)
        {
            _operands.Push(frame.Type.ResultCodes);
        }
    }

    private void Branch(in Instruction instruction)
    {
        _operands.Pop(LabelCodes(instruction.Index));
        _control.MarkUnreachable();
    }

    private void BranchIf(in Instruction instruction)
    {
        ValueCode[] codes = LabelCodes(instruction.Index);
        _operands.Pop(ValueKind.I32);
        _operands.Pop(codes);
        _operands.Push(codes);
    }

    private void BranchByTable(in Instruction instruction, ref CodeReader code)
    {
        CheckTargets(instruction.Index, instruction.Offset);
        _operands.Pop(ValueKind.I32);
        int? arity = null;

        // The default comes last. Every label is checked against the same operands, which stay as they are.
        for (uint i = 0; i <= instruction.Index; i++)
        {
            ValueCode[] codes = LabelCodes(code.ReadIndex());
            arity ??= codes.Length;
            if (codes.Length != arity)
            {
                throw _operands.TypeMismatch("the targets take different numbers of values");
            }

            _operands.Check(codes);
        }

        _control.MarkUnreachable();
    }

    private void CheckTargets(uint count, int offset)
    {
        if (count > (uint)_limits.BranchTableTargets)
        {
            throw new ModuleLimitException(
                nameof(ModuleLimits.BranchTableTargets), _limits.BranchTableTargets, count, offset);
        }
    }

    private void Return()
    {
        _operands.Pop(LabelCodes((uint)_control.Count - 1));
        _control.MarkUnreachable();
    }

    private void Call(in Instruction instruction)
    {
        CheckFunction(instruction.Index);
        Apply(_module.TypeOfFunction((int)instruction.Index));
    }

    private void ReturnCall(in Instruction instruction)
    {
        CheckFunction(instruction.Index);
        ReturnResultsOf(_module.TypeOfFunction((int)instruction.Index));
    }

    private void CallIndirect(in Instruction instruction) => Apply(PopCallee(instruction));

    private void ReturnCallIndirect(in Instruction instruction) => ReturnResultsOf(PopCallee(instruction));

    /// <summary>Takes the element of an indirect call; what is called has the type that is returned.</summary>
    private FunctionType PopCallee(in Instruction instruction)
    {
        TableType table = _storage.TypeOfTable(instruction.SecondIndex);
        if (!_module.Definitions.Matches(table.Code, ValueCode.FuncRef))
        {
            throw _operands.TypeMismatch("a table of functions is required");
        }

        FunctionType type = FunctionTypeAt(instruction.Index);
        _operands.Pop(table.Address);
        return type;
    }

    /// <summary>A tail call gives the function's own results (WebAssembly 3.0, section 3.4.11).</summary>
    private void ReturnResultsOf(FunctionType callee)
    {
        if (!AreAll(callee.ResultCodes, LabelCodes((uint)_control.Count - 1)))
        {
            throw _operands.TypeMismatch("a tail call must give the results of its function");
        }

        _operands.Pop(callee.ParameterCodes);
        _control.MarkUnreachable();
    }

    private void CallReference(in Instruction instruction)
    {
        FunctionType type = FunctionTypeAt(instruction.Index);
        _operands.Pop(_module.Definitions[(int)instruction.Index].Code(isNullable: true));
        Apply(type);
    }

    private void ReturnCallReference(in Instruction instruction)
    {
        FunctionType type = FunctionTypeAt(instruction.Index);
        _operands.Pop(_module.Definitions[(int)instruction.Index].Code(isNullable: true));
        ReturnResultsOf(type);
    }

    private void BranchOnNull(in Instruction instruction)
    {
        ValueCode reference = _operands.PopReference();
        ValueCode[] codes = LabelCodes(instruction.Index);
        _operands.Pop(codes);
        _operands.Push(codes);
        _operands.Push(reference.WithoutNull);
    }

    // The label takes the reference last.
    private void BranchOnNonNull(in Instruction instruction)
    {
        ValueCode[] codes = LabelCodes(instruction.Index);
        if (codes.Length == 0 || !codes[^1].IsReference)
        {
            throw _operands.TypeMismatch("the label takes no reference");
        }

        _operands.Pop(codes[^1].WithNull);
        _operands.Push(codes[^1]);
        _operands.Pop(codes);
        _operands.Push(codes);
        _operands.Pop();
    }

    // Section 3.4.5: the label gets what was cast, and what could not be goes on, or the other way round.
    private void BranchOnCast(in Instruction instruction)
    {
        ValueCode to = instruction.Code;
        ValueCode from = (ValueCode)instruction.Immediate;
        if (!_module.Definitions.Matches(to, from))
        {
            throw _operands.Mismatch(from, to);
        }

        ValueCode rest = to.HasDefault ? from.WithoutNull : from;
        bool isTakenIfCast = instruction.Opcode == Opcode.BrOnCast;
        ValueCode[] codes = LabelCodes(instruction.Index);
        if (codes.Length == 0)
        {
            throw _operands.TypeMismatch("the label takes no reference");
        }

        _operands.Pop(from);
        _operands.Push(isTakenIfCast ? to : rest);
        _operands.Pop(codes);
        _operands.Push(codes);
        _operands.Pop();
        _operands.Push(isTakenIfCast ? rest : to);
    }

    private FunctionType FunctionTypeAt(uint index) =>
        index >= (uint)_module.Definitions.Count ? throw Invalid($"unknown type {index}")
            : _module.Definitions.Functions[index]
            ?? throw _operands.TypeMismatch($"type {index} is not a function type");

    private bool GivesWhatItTakes(FunctionType type) => AreAll(type.ParameterCodes, type.ResultCodes);

    /// <summary>Whether values of these types may stand where values of those types are wanted.</summary>
    private bool AreAll(ValueCode[] actual, ValueCode[] wanted)
    {
        if (actual.Length != wanted.Length)
        {
            return false;
        }

        for (int i = 0; i < actual.Length; i++)
        {
            if (!_module.Definitions.Matches(actual[i], wanted[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Apply(FunctionType type)
    {
        _operands.Pop(type.ParameterCodes);
        _operands.Push(type.ResultCodes);
    }

    private void CheckFunction(uint index)
    {
        if (index >= (uint)_module.FunctionTypeIndices.Length)
        {
            throw Invalid($"unknown function {index}");
        }
    }

    private ValueCode[] LabelCodes(uint label) => _control.LabelCodes(label, _operands.Offset);
}
