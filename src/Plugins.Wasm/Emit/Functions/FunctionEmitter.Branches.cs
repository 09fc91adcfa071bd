using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Code;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

// Branches: WebAssembly 2.0, section 4.4.8.
internal sealed partial class FunctionEmitter
{
    private ControlFrame Target(uint depth) => FrameAt(_outerFrames + _frames.Count - 1 - (int)depth);

    private void NoteBranch(ControlFrame target)
    {
        target.Branches++;
        _scope.Shape.VisitBranch(target.Branches);
        NoteBranchBack(target);
    }

    private void NoteBranchBack(ControlFrame target)
    {
        if (target.Kind == Opcode.Loop && !target.HasLatch)
        {
            _scope.Shape.VisitBranchBack();
        }
    }

    private void EmitBranch(uint depth)
    {
        ControlFrame target = Target(depth);
        if (target == FrameAt(0))
        {
            EmitReturn();
            return;
        }

        EmitLoopCheck(target);
        int count = target.BranchKinds.Length;
        if (count > 0)
        {
            EmitMove(target, _stack.SpillTop(count));
        }

        NoteBranch(target);
        _il.Branch(OpCodes.Br, target.Label);
        EndReachable();
    }

    private void EmitBranchIf(uint depth)
    {
        Operand condition = _stack.Pop();
        ControlFrame target = Target(depth);
        NoteBranch(target);
        EmitLoopCheck(target);
        int count = target.BranchKinds.Length;
        if (count == 0)
        {
            Condition.EmitBranchIfTrue(_scope, condition, target.Label);
            return;
        }

        LocalBuilder[] values = _stack.SpillTop(count);
        Label stay = _il.DefineLabel();
        Condition.EmitBranchIfFalse(_scope, condition, stay);
        EmitMove(target, values);
        _il.Branch(OpCodes.Br, target.Label);
        _il.Mark(stay);
    }

    private void EmitAsNonNull()
    {
        TemporaryOperand reference = _stack.ToTemporary(_stack.Pop());
        _il.LoadLocal(reference.Local);
        _il.Branch(OpCodes.Brfalse, _scope.Traps[TrapKind.NullReference]);
        _stack.Push(reference);
    }

    private void EmitBranchOnNull(uint depth)
    {
        TemporaryOperand reference = _stack.ToTemporary(_stack.Pop());
        EmitBranchOnReference(depth, reference.Local, OpCodes.Brfalse, OpCodes.Brtrue);
        _stack.Push(reference);
    }

    // The reference is the last of the values that the branch brings.
    private void EmitBranchOnNonNull(uint depth)
    {
        LocalBuilder reference = _stack.SpillTop(1)[0];
        EmitBranchOnReference(depth, reference, OpCodes.Brtrue, OpCodes.Brfalse);
        _stack.Pop().Discard(_scope);
    }

    private void EmitBranchOnReference(uint depth, LocalBuilder reference, OpCode branch, OpCode inverse)
    {
        ControlFrame target = Target(depth);
        NoteBranch(target);
        EmitLoopCheck(target);
        int count = target.BranchKinds.Length;
        if (count == 0)
        {
            _il.LoadLocal(reference);
            _il.Branch(branch, target.Label);
            return;
        }

        LocalBuilder[] values = _stack.SpillTop(count);
        Label stay = _il.DefineLabel();
        _il.LoadLocal(reference);
        _il.Branch(inverse, stay);
        EmitMove(target, values);
        _il.Branch(OpCodes.Br, target.Label);
        _il.Mark(stay);
    }

    private void EmitBranchTable(ref CodeReader reader, uint count)
    {
        Operand selector = _stack.Pop();
        _scope.Shape.VisitTable(count + 1);
        var targets = new ControlFrame[count + 1];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = Target(reader.ReadIndex());
            targets[i].Branches++;
            NoteBranchBack(targets[i]);
        }

        EmitLoopCheck(targets);
        int values = targets[^1].BranchKinds.Length;
        if (values == 0 && !_scope.Scan.HasManyTables)
        {
            EmitSwitch(selector, Array.ConvertAll(targets, target => target.Label));
        }
        else
        {
            EmitMovingSwitch(selector, targets, _stack.SpillTop(values));
        }

        EndReachable();
    }

    /// <summary>Before a branch that may be back to a loop: may its next round begin?</summary>
    /// <remarks>
    /// Every round but the first is begun by a branch. A check at the head would look like the loop's condition to the
    /// runtime's compiler, which would copy it to the end and leave a jump more in each round.
    /// </remarks>
    private void EmitLoopCheck(params ReadOnlySpan<ControlFrame> targets)
    {
        foreach (ControlFrame target in targets)
        {
            if (target.Kind == Opcode.Loop)
            {
                _frame.EmitLoopCheck();
                return;
            }
        }
    }

    private void EmitSwitch(Operand selector, Label[] labels)
    {
        selector.Emit(_scope);
        if (labels.Length > 1)
        {
            _il.Switch(labels[..^1]);
        }
        else
        {
            _il.Emit(OpCodes.Pop);
        }

        _il.Branch(OpCodes.Br, labels[^1]);
    }

    /// <summary>A table whose branches go to their targets on ways of their own, where values are moved.</summary>
    private void EmitMovingSwitch(Operand selector, ControlFrame[] targets, LocalBuilder[] values)
    {
        var ways = new Dictionary<ControlFrame, Label>();
        foreach (ControlFrame target in targets)
        {
            if (!ways.ContainsKey(target))
            {
                ways.Add(target, _il.DefineLabel());
            }
        }

        EmitSwitch(selector, Array.ConvertAll(targets, target => ways[target]));
        foreach ((ControlFrame target, Label way) in ways)
        {
            _il.Mark(way);
            EmitMove(target, values);
            _il.Branch(OpCodes.Br, target.Label);
        }
    }

    /// <summary>Copies a branch's values to where its target takes them, without giving up their temporaries.</summary>
    private void EmitMove(ControlFrame target, LocalBuilder[] values)
    {
        if (target.Kind == Opcode.Loop)
        {
            EmitParallelMove(values, target.ParameterLocals);
            return;
        }

        target.ResultLocals ??=
            [.. target.Results.Select(kind => _scope.Temporaries.Rent(Signature.TypeOf(kind)))];
        for (int i = 0; i < values.Length; i++)
        {
            _il.LoadLocal(values[i]);
            _il.StoreLocal(target.ResultLocals[i]);
        }
    }

    // A loop's parameters may be among the values, so all are read before any is written.
    private void EmitParallelMove(LocalBuilder[] from, LocalBuilder[] to)
    {
        LocalBuilder[] copies = Array.ConvertAll(from, local => _scope.Temporaries.Rent(local.LocalType));
        for (int i = 0; i < from.Length; i++)
        {
            _il.LoadLocal(from[i]);
            _il.StoreLocal(copies[i]);
        }

        for (int i = 0; i < from.Length; i++)
        {
            _il.LoadLocal(copies[i]);
            _il.StoreLocal(to[i]);
        }

        ReturnAll(copies);
    }

    private void EmitReturn()
    {
        EmitReturnOf(_stack.Pop(_scope.Type.Results.Length));
        EndReachable();
    }

    private void EmitReturnOf(Operand[] values)
    {
        if (_scope.Transfer is LoopTransfer transfer)
        {
            EmitReturnTo(transfer, values);
            return;
        }

        if (_scope.IsRegion)
        {
            EmitExit(FrameAt(0), values);
            return;
        }

        for (int i = 1; i < values.Length; i++)
        {
            EmitExtraResult(i - 1, values[i]);
        }

        if (_scope.PassesFuel)
        {
            EmitFueled(values);
        }
        else
        {
            _scope.Fuel.EmitOut();
            if (values.Length > 0)
            {
                values[0].Emit(_scope);
            }
        }

        _il.Emit(OpCodes.Ret);
    }

    /// <summary>Loads the first result together with the fuel.</summary>
    private void EmitFueled(Operand[] values)
    {
        if (values.Length == 0)
        {
            _scope.Fuel.EmitRemaining();
            return;
        }

        FueledMembers.Of(values[0].Kind).EmitMake(
            _il, _scope.Returned, () => values[0].Emit(_scope), _scope.Fuel.EmitRemaining);
    }

    private void EmitReturnTo(LoopTransfer transfer, Operand[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            transfer.EmitResult(i, values[i]);
        }

        _scope.Fuel.EmitOut();
        _il.Emit(OpCodes.Ret);
    }

    private void EmitExtraResult(int index, Operand value)
    {
        _scope.LoadStore();
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreExtraResults);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.ExtraResultsOf(value.Kind));
        _il.LoadConstant(index);
        value.Emit(_scope);
        BitsEmitter.EmitStoreElement(_il, value.Kind);
    }
}
