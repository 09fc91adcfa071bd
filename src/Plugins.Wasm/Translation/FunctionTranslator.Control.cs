using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Interpretation;
using Plugins.Wasm.Types;
using Plugins.Wasm.Validation;

namespace Plugins.Wasm.Translation;

/// <content>Blocks, and what comes after calls. WebAssembly 2.0, section 4.4.8.</content>
internal sealed partial class FunctionTranslator
{
    // As in compiled code.
    private const int CallsPerCheck = 1_024;

    private int _callsSoFar;

    private void TranslateUnreachable(int offset)
    {
        _code.EmitNumber(Operation.Unreachable, 0, offset);
        EndReachable();
    }

    private void OpenBlock(in Instruction instruction)
    {
        // What is pending may be wanted after the block, which may be left in many ways.
        _values.SettleAll();
        Open(instruction, start: 0);
    }

    /// <param name="instruction">The loop.</param>
    /// <param name="first">Where its first instruction stands.</param>
    private void OpenLoop(in Instruction instruction, int first)
    {
        _values.SettleAll();
        int start = _code.Count;
        Open(instruction, start);
        _code.Produced(CodeBuffer.None);
        if (_module.Tiers.Compiles)
        {
            int cost = TakeCharge(first);
            bool fits = cost <= ushort.MaxValue;
            _code.EmitNumber(Operation.LoopHead, fits ? cost : 0, Math.Max(1, _module.Tiers.Options.Rounds));
            _code.Append(instruction.Offset, 0);
            if (!fits)
            {
                _code.EmitNumber(Operation.Charge, 0, cost);
            }
        }

        EmitCharge(first);
    }

    private void OpenIf(in Instruction instruction)
    {
        Condition condition = TakeCondition();
        _values.SettleAll();
        OpenBlock block = Open(instruction, start: 0);
        _code.Chain(condition.EmitBranch(_code, isTakenIfTrue: false), ref block.Else);
    }

    private OpenBlock Open(in Instruction instruction, int start)
    {
        FunctionType type = BlockSignatures.Find(instruction.BlockType, _binary.Definitions)!;
        var block = new OpenBlock
        {
            Kind = instruction.Opcode,
            Type = type,
            Height = _operands.Count - type.Parameters.Length,
            CheckedCalls = _blocks[^1].CheckedCalls,
            Start = start,
        };
        _blocks.Add(block);
        return block;
    }

    private void TranslateElse()
    {
        OpenBlock block = _blocks[^1];
        if (_isReachable)
        {
            _values.SettleTop(block.Type.Results.Length);
            _code.Chain(_code.EmitNumber(Operation.Branch, 0, 0), ref block.Ends);
        }

        BeginElse(block);
    }

    private void BeginElse(OpenBlock block)
    {
        _operands.PopTo(block.Height);
        _code.Land(ref block.Else);
        block.CheckedCalls = _blocks[^2].CheckedCalls;
        _isReachable = true;
        Push(block.Type.ParameterKinds);
    }

    private void TranslateEnd()
    {
        OpenBlock block = _blocks[^1];
        if (block.Else != CodeBuffer.None)
        {
            // The missing arm hands the parameters on, which have the slots of the results.
            if (_isReachable)
            {
                _values.SettleTop(block.Type.Results.Length);
            }

            BeginElse(block);
        }

        if (block.Kind == Opcode.Catch)
        {
            EndArm(block);
            _isReachable = false;
        }

        _blocks.RemoveAt(_blocks.Count - 1);
        EmitClauses(block);
        if (block.Ends != CodeBuffer.None)
        {
            EndWhereWaysMeet(block);
        }
        else if (!_isReachable)
        {
            _operands.PopTo(block.Height);
        }

        if (_blocks.Count == 0 && _isReachable)
        {
            Return();
        }
    }

    private void EndWhereWaysMeet(OpenBlock block)
    {
        if (_isReachable)
        {
            _values.SettleTop(block.Type.Results.Length);
        }

        _operands.PopTo(block.Height);
        _code.Land(ref block.Ends);
        _isReachable = true;
        Push(block.Type.ResultKinds);
    }

    private void EndCall(FunctionType type)
    {
        Push(type.ResultKinds);
        OpenBlock block = _blocks[^1];
        _callsSoFar++;
        if (_callsSoFar - block.CheckedCalls >= CallsPerCheck)
        {
            EmitCheck();
            block.CheckedCalls = _callsSoFar;
        }
    }

    private void Return()
    {
        _calls.TranslateReturn(_type.ResultKinds);
        EndReachable();
    }

    private void ReturnCall(in Instruction instruction)
    {
        _calls.TranslateReturnCall(instruction);
        EndReachable();
    }

    private void Push(ValueKind[] kinds)
    {
        foreach (ValueKind kind in kinds)
        {
            _operands.Push(kind);
        }
    }

    private void EndReachable() => _isReachable = false;

    /// <summary>Whether the next round of a loop, or the next of many calls, may begin.</summary>
    private void EmitCheck() => _code.Emit(Meters ? Operation.CheckFuel : Operation.CheckInterrupt);
}
