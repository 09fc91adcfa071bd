using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <content>
/// Exceptions: WebAssembly 3.0, section 4.4.8, and the legacy proposal. A handler's values come to the slots above the
/// operands that were there when its block began.
/// </content>
internal sealed partial class FunctionTranslator
{
    private readonly EntryList<ExceptionHandler> _handlers = new();

    private void TranslateThrow(in Instruction instruction)
    {
        FunctionType payload = _binary.Tags[instruction.Index].Payload;
        int first = _calls.TakeArguments(payload);
        _code.EmitNumber(Operation.Throw, first, (int)instruction.Index);
        EndReachable();
    }

    private void TranslateThrowReference(int slot)
    {
        _code.Emit(Operation.ThrowReference, slot);
        EndReachable();
    }

    private void OpenTryTable(ref CodeReader reader, in Instruction instruction)
    {
        CatchClause[] clauses = new CatchClause[instruction.SecondIndex];
        for (int i = 0; i < clauses.Length; i++)
        {
            clauses[i] = reader.ReadCatch();
        }

        _values.SettleAll();
        OpenBlock block = Open(instruction, start: 0);
        block.Clauses = clauses;
        BeginProtected(block);
    }

    private void OpenTry(in Instruction instruction)
    {
        _values.SettleAll();
        BeginProtected(Open(instruction, start: 0));
    }

    // Instructions before the block may not take its first one for their own.
    private void BeginProtected(OpenBlock block)
    {
        block.Protected = _code.Count;
        _code.Produced(CodeBuffer.None);
    }

    /// <summary>Emits where the clauses of a block that was closed go on, and tells of them.</summary>
    private void EmitClauses(OpenBlock block)
    {
        if (block.Clauses is not { Length: > 0 } clauses)
        {
            return;
        }

        int end = _code.Count;
        bool wasReachable = _isReachable;
        int over = CodeBuffer.None;
        if (wasReachable)
        {
            _values.SettleTop(block.Type.Results.Length);
            _code.Chain(_code.EmitNumber(Operation.Branch, 0, 0), ref over);
        }

        _operands.PopTo(block.Height);
        foreach (CatchClause clause in clauses)
        {
            int pad = _code.Count;
            int payload = _operands.SlotOf(block.Height);
            int reference = PushCaught(clause.Tag, clause.TakesReference);
            _handlers.Add(new ExceptionHandler(
                block.Protected,
                end,
                _blocks.Count,
                clause.Tag is uint tag ? (int)tag : ExceptionHandler.All,
                pad,
                payload,
                reference));
            _isReachable = true;
            TranslateBranch(clause.Label);
            _operands.PopTo(block.Height);
        }

        _isReachable = wasReachable;
        if (wasReachable)
        {
            Push(block.Type.ResultKinds);
            _code.Land(ref over);
        }
    }

    /// <returns>The slot of the reference, or less than 0 where there is none.</returns>
    private int PushCaught(uint? tag, bool takesReference)
    {
        if (tag is uint index)
        {
            Push(_binary.Tags[index].Payload.ParameterKinds);
        }

        return takesReference ? _operands.Push(ValueKind.ExnRef) : -1;
    }

    /// <summary>Begins an arm of a legacy <c>try</c>.</summary>
    /// <remarks>It has the exception below its values, for <c>rethrow</c>.</remarks>
    private void TranslateCatch(in Instruction instruction)
    {
        OpenBlock block = _blocks[^1];
        EndArm(block);
        if (block.Kind == Opcode.Try)
        {
            block.ProtectedEnd = _code.Count;
            block.Kind = Opcode.Catch;
        }

        bool isForAll = instruction.Opcode == Opcode.CatchAll;
        int pad = _code.Count;
        _code.Produced(CodeBuffer.None);
        int reference = _operands.Push(ValueKind.ExnRef);
        if (!isForAll)
        {
            Push(_binary.Tags[instruction.Index].Payload.ParameterKinds);
        }

        _handlers.Add(new ExceptionHandler(
            block.Protected,
            block.ProtectedEnd,
            _blocks.Count - 1,
            isForAll ? ExceptionHandler.All : (int)instruction.Index,
            pad,
            reference + 1,
            reference));
        block.CheckedCalls = _blocks[^2].CheckedCalls;
        _isReachable = true;
    }

    /// <summary>Leaves an arm with its results, which may stand above what it alone has.</summary>
    private void EndArm(OpenBlock block)
    {
        if (_isReachable)
        {
            _values.SettleTop(block.Type.Results.Length);
            EmitMovesTo(block);
            EmitJump(block);
        }

        _operands.PopTo(block.Height);
    }

    // What its body throws is asked of the blocks from the label's outward.
    private void TranslateDelegate(uint depth)
    {
        OpenBlock block = _blocks[^1];
        _handlers.Add(new ExceptionHandler(
            block.Protected,
            _code.Count,
            _blocks.Count - 1,
            ExceptionHandler.Delegates,
            _blocks.Count - 2 - (int)depth,
            0,
            -1));
        TranslateEnd();
    }

    private void TranslateRethrow(uint depth) => TranslateThrowReference(_operands.SlotOf(Target(depth).Height));
}
