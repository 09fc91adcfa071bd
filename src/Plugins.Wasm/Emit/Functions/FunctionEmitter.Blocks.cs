using System.Collections.Immutable;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

// Structured control: WebAssembly 2.0, section 4.4.8.
internal sealed partial class FunctionEmitter
{
    private void PushFunctionFrame() => _frames.Add(new ControlFrame
    {
        Kind = Opcode.Block,
        Number = _blocks++,
        Parameters = [],
        Results = _scope.Type.Results,
        Height = 0,
        Facts = _facts.TakeMark(),
        Label = _il.DefineLabel(),
        CheckedCalls = 0,
    });

    private void EmitBlock(in Instruction instruction)
    {
        bool isLoop = instruction.Opcode == Opcode.Loop;

        // What is pending here may be wanted after the block, and the block may be left before it would be evaluated.
        _stack.SpillAll();
        ControlFrame frame = Open(instruction);
        if (isLoop)
        {
            MoveParameters(frame);
            LoopEntry.Emit(_scope, instruction.Offset, frame.ParameterLocals);
            _facts.Clear();
            Label head = frame.HasLatch ? _il.DefineLabel() : frame.Label;
            frame.Head = head;
            if (_scope.Transfer is LoopTransfer transfer && transfer.Loop == instruction.Offset)
            {
                transfer.Note(_stack, head);
            }

            _backward.MarkHead(head);
            _openLoops++;
            _scope.Shape.OpenLoop(_openLoops);
        }

        _frames.Add(frame);
    }

    private void EmitIf(in Instruction instruction)
    {
        Operand condition = _stack.Pop();
        _stack.SpillAll();
        ControlFrame frame = Open(instruction);
        MoveParameters(frame);
        Condition.EmitBranchIfFalse(_scope, condition, frame.ElseLabel);
        _frames.Add(frame);
    }

    private ControlFrame Open(in Instruction instruction)
    {
        BlockType type = instruction.BlockType;
        FunctionType? function = type.TypeIndex >= 0 ? _binary.Types[type.TypeIndex] : null;
        ImmutableArray<ValueKind> parameters = function?.Parameters ?? [];
        ValueKind result = type.Result.Kind;
        NoteKinds(function, result);
        return new ControlFrame
        {
            Kind = instruction.Opcode,
            Number = _blocks++,
            Parameters = parameters,
            Results = function?.Results ?? (result == default ? [] : [result]),
            Height = _stack.Count - parameters.Length,
            Facts = _facts.TakeMark(),
            Label = _il.DefineLabel(),
            HasLatch = instruction.Opcode == Opcode.Loop && _scope.Outline is not null,
            CheckedCalls = _frames[^1].CheckedCalls,
            ElseLabel = instruction.Opcode == Opcode.If ? _il.DefineLabel() : default,
        };
    }

    /// <summary>Puts the parameters where both arms of an <c>if</c>, or every round of a loop, find them.</summary>
    private void MoveParameters(ControlFrame frame)
    {
        Operand[] values = _stack.Pop(frame.Parameters.Length);
        frame.ParameterLocals = Store(values, into: null);
        PushParameters(frame);
    }

    private void PushParameters(ControlFrame frame)
    {
        for (int i = 0; i < frame.Parameters.Length; i++)
        {
            _stack.Push(new TemporaryOperand(frame.Parameters[i], frame.ParameterLocals[i], isOwner: false));
        }
    }

    private void EmitElse()
    {
        ControlFrame frame = _frames[^1];
        if (_isReachable)
        {
            StoreResults(frame);
            _il.Branch(OpCodes.Br, frame.Label);
            frame.Branches++;
        }

        _stack.DiscardTo(frame.Height);
        _il.Mark(frame.ElseLabel);
        _facts.Return(frame.Facts);
        frame.HasElse = true;
        frame.Number = _blocks++;
        frame.CheckedCalls = _frames[^2].CheckedCalls;
        _isReachable = true;
        PushParameters(frame);
    }

    private void EmitEnd()
    {
        ControlFrame frame = _frames[^1];
        if (frame.Kind == Opcode.If && !frame.HasElse)
        {
            // The missing arm hands the parameters on.
            EmitElse();
        }

        _frames.RemoveAt(_frames.Count - 1);
        EndLoop(frame);
        if (_frames.Count == 0)
        {
            EmitFunctionEnd(frame);
        }
        else if (frame.Kind != Opcode.Loop && frame.IsTargeted)
        {
            EmitMeetingEnd(frame);
        }
        else if (!_isReachable)
        {
            _stack.DiscardTo(frame.Height);
        }
    }

    private void EndLoop(ControlFrame frame)
    {
        if (frame.Kind != Opcode.Loop)
        {
            return;
        }

        _openLoops--;
        if (!frame.HasLatch || !frame.IsTargeted)
        {
            return;
        }

        Label past = _il.DefineLabel();
        if (_isReachable)
        {
            _il.Branch(OpCodes.Br, past);
        }

        _il.Mark(frame.Label);
        _il.Branch(OpCodes.Br, frame.Head);
        _scope.Shape.VisitBranchBack();
        if (_isReachable)
        {
            _il.Mark(past);
        }
    }

    /// <summary>An end that more than one way leads to.</summary>
    private void EmitMeetingEnd(ControlFrame frame)
    {
        if (_isReachable)
        {
            StoreResults(frame);
        }

        _stack.DiscardTo(frame.Height);
        _il.Mark(frame.Label);
        _facts.Return(frame.Facts);
        _isReachable = true;
        for (int i = 0; i < frame.Results.Length; i++)
        {
            _stack.PushTemporary(frame.Results[i], frame.ResultLocals![i]);
        }
    }

    private void EmitFunctionEnd(ControlFrame frame)
    {
        if (_isReachable)
        {
            EmitReturnOf(_stack.Pop(frame.Results.Length));
        }

        if (frame.IsTargeted)
        {
            _il.Mark(frame.Label);
            EmitReturnOf(OperandsOf(frame));
        }

        _isReachable = false;
    }

    /// <summary>What branches brought to a block that is no loop.</summary>
    private static Operand[] OperandsOf(ControlFrame frame)
    {
        var results = new Operand[frame.Results.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = new TemporaryOperand(frame.Results[i], frame.ResultLocals![i]);
        }

        return results;
    }

    /// <summary>Stores the topmost operands into the temporaries in which the results of a block meet.</summary>
    private void StoreResults(ControlFrame frame) =>
        frame.ResultLocals = Store(_stack.Pop(frame.Results.Length), frame.ResultLocals);

    private LocalBuilder[] Store(Operand[] values, LocalBuilder[]? into)
    {
        into ??= Array.ConvertAll(values, value => _scope.Temporaries.Rent(Signature.TypeOf(value.Kind)));
        for (int i = 0; i < values.Length; i++)
        {
            values[i].Emit(_scope);
            _il.StoreLocal(into[i]);
        }

        return into;
    }

    private void ReturnAll(LocalBuilder[] locals)
    {
        foreach (LocalBuilder local in locals)
        {
            _scope.Temporaries.Return(local);
        }
    }

    private void EndReachable()
    {
        _isReachable = false;
        _stack.DiscardTo(_frames[^1].Height);
    }
}
