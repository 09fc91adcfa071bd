using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <content>Branches. WebAssembly 2.0, section 4.4.8.</content>
internal sealed partial class FunctionTranslator
{
    private OpenBlock Target(uint depth) => _blocks[_blocks.Count - 1 - (int)depth];

    private void TranslateBranch(uint depth)
    {
        OpenBlock target = Target(depth);
        if (target == _blocks[0])
        {
            TranslateReturn();
            return;
        }

        EmitCheckIfLoop(target);
        SettleTop(target.BranchKinds.Length);
        EmitMovesTo(target);
        EmitJump(target);
        EndReachable();
    }

    private void TranslateBranchIf(uint depth)
    {
        Condition condition = TakeCondition();
        OpenBlock target = Target(depth);
        int count = target.BranchKinds.Length;
        EmitCheckIfLoop(target);
        SettleTop(count);
        if (count == 0 || _operands.Count - count == target.Height)
        {
            Link(EmitBranch(condition, isTakenIfTrue: true), target);
            return;
        }

        int stay = CodeBuffer.None;
        _code.Chain(EmitBranch(condition, isTakenIfTrue: false), ref stay);
        EmitMovesTo(target);
        EmitJump(target);
        _code.Land(ref stay);
    }

    private void TranslateBranchTable(ref CodeReader reader, uint count)
    {
        int selector = PlaceOf(_operands.Pop());
        var targets = new OpenBlock[count + 1];
        bool mayGoBack = false;
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = Target(reader.ReadIndex());
            mayGoBack |= targets[i].Kind == Opcode.Loop;
        }

        if (mayGoBack)
        {
            EmitCheck();
        }

        int values = targets[^1].BranchKinds.Length;
        SettleTop(values);
        _code.EmitNumber(Operation.BranchTable, selector, (int)count);
        int first = _code.Count;
        for (int i = 0; i < targets.Length; i++)
        {
            _code.Append(0, 0);
        }

        if (values == 0)
        {
            LinkTable(first, targets);
        }
        else
        {
            EmitWays(first, targets);
        }

        EndReachable();
    }

    private void LinkTable(int first, OpenBlock[] targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            Link(first + i, targets[i]);
        }
    }

    /// <summary>Emits a way to each target, on which the values are moved.</summary>
    private void EmitWays(int first, OpenBlock[] targets)
    {
        var ways = new Dictionary<OpenBlock, int>();
        for (int i = 0; i < targets.Length; i++)
        {
            if (!ways.TryGetValue(targets[i], out int way))
            {
                way = _code.Count;
                ways.Add(targets[i], way);
                EmitMovesTo(targets[i]);
                EmitJump(targets[i]);
            }

            _code[first + i].Number = way - (first + i + 1);
        }
    }

    private void EmitCheckIfLoop(OpenBlock target)
    {
        if (target.Kind == Opcode.Loop)
        {
            EmitCheck();
        }
    }

    private void EmitJump(OpenBlock target) => Link(_code.EmitNumber(Operation.Branch, 0, 0), target);

    /// <summary>Makes a branch go to a target.</summary>
    private void Link(int cell, OpenBlock target)
    {
        if (target.Kind == Opcode.Loop)
        {
            _code[cell].Number = target.Start - (cell + 1);
        }
        else
        {
            _code.Chain(cell, ref target.Ends);
        }
    }

    /// <summary>Moves a branch's values, which are in their own slots, to where its target has them.</summary>
    private void EmitMovesTo(OpenBlock target)
    {
        ValueKind[] kinds = target.BranchKinds;
        EmitMoves(kinds, _operands.SlotOf(_operands.Count - kinds.Length), _operands.SlotOf(target.Height));
    }

    // Down the stack and in ascending order, so that nothing is overwritten before it was moved.
    private void EmitMoves(ValueKind[] kinds, int from, int to)
    {
        if (from == to || kinds.Length == 0)
        {
            return;
        }

        bool hasReferences = Array.Exists(kinds, IsReference);
        if (!hasReferences || kinds.Length > 1)
        {
            Operation copy = kinds.Length > 1
                ? Operation.CopyMany
                : Sized(kinds[0], Operation.Copy32, Operation.Copy64);
            _code.Emit(copy, to, from, kinds.Length);
        }

        if (hasReferences)
        {
            _code.Emit(Operation.CopyManyReferences, to, from, kinds.Length);
        }
    }

    private Condition TakeCondition()
    {
        Operand operand = _operands.Pop();
        if (operand.Place == operand.Slot && _code.Producer != CodeBuffer.None)
        {
            Operation producer = _code[_code.Producer].Operation;
            if (producer is Operation.I32Eqz or Operation.I64Eqz || OperationTable.TryGetBranch(producer, true, out _))
            {
                return new Condition(_code.TakeBack(), 0);
            }
        }

        return new Condition(default, PlaceOf(operand));
    }

    /// <returns>The cell with the branch's distance.</returns>
    private int EmitBranch(Condition condition, bool isTakenIfTrue)
    {
        Cell comparison = condition.Comparison;
        switch (comparison.Operation)
        {
            case default(Operation):
                return _code.EmitNumber(
                    isTakenIfTrue ? Operation.BranchIf : Operation.BranchUnless, condition.Place, 0);
            case Operation.I32Eqz:
                return _code.EmitNumber(
                    isTakenIfTrue ? Operation.BranchUnless : Operation.BranchIf, comparison.B, 0);
            case Operation.I64Eqz:
                _code.Emit(
                    isTakenIfTrue ? Operation.BranchIfI64EqImmediate : Operation.BranchIfI64NeImmediate, comparison.B);
                return _code.Append(0, 0);
        }

        OperationTable.TryGetBranch(comparison.Operation, isTakenIfTrue, out Operation branch);
        bool isImmediate = OperationTable.HasImmediate(comparison.Operation);
        _code.Emit(branch, comparison.B, isImmediate ? 0 : comparison.C);
        return _code.Append(isImmediate ? comparison.Immediate : 0, 0);
    }
}
