using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <content>
/// Exceptions: WebAssembly 3.0, section 3.4.2, and the instructions of the legacy proposal that toolchains still emit.
/// </content>
internal sealed partial class FunctionValidator
{
    private FunctionType PayloadOf(uint tag) => tag < (uint)_module.Tags.Length
        ? _module.Tags[tag].Payload
        : throw Invalid($"unknown tag {tag}");

    private void Throw(in Instruction instruction)
    {
        _operands.Pop(PayloadOf(instruction.Index).ParameterCodes);
        _control.MarkUnreachable();
    }

    private void ThrowReference()
    {
        _operands.Pop(ValueCode.ExnRef);
        _control.MarkUnreachable();
    }

    // Labels of clauses are counted outside of the block.
    private void OpenTryTable(in Instruction instruction, ref CodeReader code)
    {
        CheckTargets(instruction.SecondIndex, instruction.Offset);
        for (uint i = 0; i < instruction.SecondIndex; i++)
        {
            CatchClause clause = code.ReadCatch();
            ValueCode[] payload = clause.Tag is uint tag ? PayloadOf(tag).ParameterCodes : FunctionType.NoCodes;
            CheckClause(payload, clause.TakesReference, LabelCodes(clause.Label));
        }

        OpenBlock(instruction);
    }

    private void CheckClause(ValueCode[] payload, bool takesReference, ValueCode[] label)
    {
        int count = payload.Length + (takesReference ? 1 : 0);
        bool matches = label.Length == count
            && (!takesReference || _module.Definitions.Matches(ValueCode.NonNullExnRef, label[^1]));
        for (int i = 0; matches && i < payload.Length; i++)
        {
            matches = _module.Definitions.Matches(payload[i], label[i]);
        }

        if (!matches)
        {
            throw _operands.TypeMismatch("a clause gives other values than its label takes");
        }
    }

    private void OpenCatch(in Instruction instruction)
    {
        bool isForAll = instruction.Opcode == Opcode.CatchAll;
        if (_control.Innermost.Opcode is not (Opcode.Try or Opcode.Catch))
        {
            throw new MalformedModuleException("misplaced CATCH opcode", instruction.Offset);
        }

        FunctionType payload = isForAll ? BlockSignatures.None : PayloadOf(instruction.Index);
        FunctionType type = _control.Close().Type;
        _control.Open(instruction.Opcode, type, instruction.Offset, payload.ParameterCodes);
    }

    private void CloseByDelegate(in Instruction instruction)
    {
        if (_control.Innermost.Opcode != Opcode.Try)
        {
            throw new MalformedModuleException("misplaced DELEGATE opcode", instruction.Offset);
        }

        FunctionType type = _control.Close().Type;
        LabelCodes(instruction.Index);
        _operands.Push(type.ResultCodes);
    }

    private void Rethrow(in Instruction instruction)
    {
        LabelCodes(instruction.Index);
        if (_control.OpcodeOf(instruction.Index) is not (Opcode.Catch or Opcode.CatchAll))
        {
            throw Invalid("invalid rethrow label");
        }

        _control.MarkUnreachable();
    }
}
