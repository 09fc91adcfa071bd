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
            Return();
            return;
        }

        EmitCheckIfLoop(target);
        _values.SettleTop(target.BranchKinds.Length);
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
        _values.SettleTop(count);
        if (count == 0 || _operands.Count - count == target.Height)
        {
            Link(condition.EmitBranch(_code, isTakenIfTrue: true), target);
            return;
        }

        int stay = CodeBuffer.None;
        _code.Chain(condition.EmitBranch(_code, isTakenIfTrue: false), ref stay);
        EmitMovesTo(target);
        EmitJump(target);
        _code.Land(ref stay);
    }

    private void TranslateBranchOnNull(uint depth)
    {
        Operand reference = _operands.Pop();
        int place = _values.PlaceOf(reference);
        BranchOnReference(Target(depth), place, Operation.BranchOnNull, Operation.BranchOnNonNull);
        _operands.PushAgain(reference.Kind, reference with { Place = place });
    }

    // The reference is the last of the values that the branch brings.
    private void TranslateBranchOnNonNull(uint depth)
    {
        _values.SettleTop(1);
        int place = _operands.SlotOf(_operands.Count - 1);
        BranchOnReference(Target(depth), place, Operation.BranchOnNonNull, Operation.BranchOnNull);
        _operands.Pop();
    }

    private void BranchOnReference(OpenBlock target, int place, Operation branch, Operation inverse)
    {
        int count = target.BranchKinds.Length;
        EmitCheckIfLoop(target);
        _values.SettleTop(count);
        if (count == 0 || _operands.Count - count == target.Height)
        {
            Link(_code.EmitNumber(branch, place, 0), target);
            return;
        }

        int stay = CodeBuffer.None;
        _code.Chain(_code.EmitNumber(inverse, place, 0), ref stay);
        EmitMovesTo(target);
        EmitJump(target);
        _code.Land(ref stay);
    }

    // A branch on a test of the reference, which stays.
    private void TranslateBranchOnCast(in Instruction instruction)
    {
        _objects.TranslateTest(instruction.Code);
        if (instruction.Opcode == Opcode.BrOnCastFail)
        {
            Operand test = _operands.Pop();
            _values.EmitNumeric(Opcode.I32Eqz, ValueKind.I32, _values.PlaceOf(test));
        }

        TranslateBranchIf(instruction.Index);
    }

    private void TranslateBranchTable(ref CodeReader reader, uint count)
    {
        int selector = _values.PlaceOf(_operands.Pop());
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
        _values.SettleTop(values);
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
        _values.EmitMoves(kinds, _operands.SlotOf(_operands.Count - kinds.Length), _operands.SlotOf(target.Height));
    }

    private Condition TakeCondition()
    {
        Operand operand = _operands.Pop();
        return operand.Place == operand.Slot && Condition.TryTake(_code, out Condition comparison)
            ? comparison
            : new Condition(default, _values.PlaceOf(operand));
    }
}
