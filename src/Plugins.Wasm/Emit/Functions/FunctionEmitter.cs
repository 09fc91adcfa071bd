using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Turns one validated function into intermediate language.</summary>
/// <remarks>
/// Numeric code becomes trees of <see cref="Operand"/>s that are emitted where they are used, so the evaluation stack
/// is empty between statements and every trap check may branch to a label shared by the whole function.
/// </remarks>
internal sealed partial class FunctionEmitter
{
    // Functions that call none and enter without a check have 4 KiB of code at the most: a few milliseconds in all.
    private const int CallsPerCheck = 1_024;

    private readonly ModuleScope _owner;
    private readonly FunctionScope _scope;
    private readonly BinaryModule _binary;
    private readonly ILEmitter _il;
    private readonly OperandStack _stack;
    private readonly BoundsFacts _facts;
    private readonly BackwardBranches _backward;
    private readonly FrameEmitter _frame;
    private readonly CallEmitter _calls;
    private readonly MemoryEmitter _memory;
    private readonly NumericEmitter _numbers;
    private readonly VectorEmitter _vectors;
    private readonly VariableEmitter _variables;
    private readonly ObjectEmitter _objects;
    private readonly ArrayEmitter _arrays;
    private readonly List<ControlFrame> _frames = [];
    private readonly CutPoints? _cuts;
    private readonly int _outerFrames;
    private int _blocks;
    private int _openLoops;

    /// <summary>Whether the code about to be emitted can be reached; what cannot is skipped.</summary>
    private bool _isReachable = true;

    private int _emittedCalls;

    /// <summary>Blocks that were opened in code that cannot be reached.</summary>
    private int _skippedBlocks;

    private FunctionEmitter(ModuleScope owner, FunctionScope scope, CutPoints? cuts)
    {
        _cuts = cuts;
        _owner = owner;
        _scope = scope;
        _binary = scope.Module.Binary;
        _il = scope.IL;
        _stack = scope.Stack;
        _facts = scope.Facts;
        _backward = new BackwardBranches(_il, scope.Scan);
        _frame = new FrameEmitter(scope);
        _calls = new CallEmitter(owner, scope, _frame);
        _memory = new MemoryEmitter(scope);
        _numbers = new NumericEmitter(scope);
        _vectors = new VectorEmitter(scope, _memory);
        _variables = new VariableEmitter(scope, _frame);
        _objects = new ObjectEmitter(scope, _variables);
        _arrays = new ArrayEmitter(scope, _variables);
    }

    /// <summary>Emits the whole method of the function at <paramref name="index"/>.</summary>
    /// <param name="owner">Where its other functions are.</param>
    /// <param name="index">Which function.</param>
    /// <param name="scan">What is known of it.</param>
    /// <param name="il">Where to.</param>
    /// <param name="isMeasured">Whether it may be entered only to measure its frame.</param>
    /// <param name="loop">The offset of the loop that it is entered at; null where it is called.</param>
    /// <param name="outline">What of it becomes methods of its own, if anything.</param>
    /// <param name="cuts">Takes the places where it may be cut.</param>
    /// <returns>What the method has that takes the just-in-time compiler more than its share of time.</returns>
    public static FunctionShape Emit(
        ModuleScope owner,
        int index,
        FunctionScan scan,
        ILEmitter il,
        bool isMeasured,
        int? loop = null,
        Outline? outline = null,
        CutPoints? cuts = null) =>
        new FunctionEmitter(owner, new FunctionScope(owner.Module, index, scan, il, loop, outline), cuts)
            .EmitAll(isMeasured);

    private FunctionShape EmitAll(bool isMeasured)
    {
        if (isMeasured)
        {
            _frame.EmitMeasuringEntry();
        }

        _frame.EmitPrologue();
        _scope.Transfer?.EmitJump();
        _backward.EmitDispatcher();
        PushFunctionFrame();
        var reader = new CodeReader(_binary, _scope.Body);
        EmitCode(ref reader, _scope.Body.End, isMeasured);
        if (!isMeasured || !JitBudget.IsTooMuch(_il))
        {
            _backward.EmitWaysBack();
            _scope.Transfer?.EmitEntry();
            EmitColdCode();
        }

        return _scope.Shape;
    }

    private void EmitColdCode()
    {
        _frame.EmitSlowPaths();
        _calls.EmitMissingElement();
        _scope.Traps.EmitAll();
    }

    private void EmitCode(ref CodeReader reader, int end, bool isMeasured)
    {
        while (reader.Position < end && reader.Read(out Instruction instruction))
        {
            NoteCut(instruction);
            if (!_isReachable)
            {
                Skip(ref reader, instruction);
            }
            else if (_scope.Region?.At(instruction.Offset) is Region region)
            {
                EmitRegion(ref reader, region);
            }
            else
            {
                _scope.Fuel.EmitCharge(_scope.Scan.CostAt(instruction.Offset));
                EmitInstruction(ref reader, instruction);
            }

            if (isMeasured && JitBudget.IsTooMuch(_il))
            {
                // It will be thrown away, and may have grown a thousand values from each byte.
                return;
            }
        }
    }

    private void Skip(ref CodeReader reader, in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If:
                _skippedBlocks++;
                break;
            case Opcode.BrTable:
                SkipTargets(ref reader, instruction.Index);
                break;
            case Opcode.Else when _skippedBlocks == 0:
                EmitElse();
                break;
            case Opcode.End when _skippedBlocks > 0:
                _skippedBlocks--;
                break;
            case Opcode.End:
                EmitEnd();
                break;
        }
    }

    private static void SkipTargets(ref CodeReader reader, uint count)
    {
        for (uint i = 0; i <= count; i++)
        {
            reader.ReadIndex();
        }
    }

    private void EmitInstruction(ref CodeReader reader, in Instruction instruction)
    {
        OpcodeInfo info = OpcodeTable.Get(instruction.Opcode);
        if (OpcodeTable.IsVector(instruction.Opcode))
        {
            _vectors.Emit(instruction, info);
        }
        else if (info.IsPlain)
        {
            EmitPlain(instruction, info);
        }
        else if (instruction.Opcode <= Opcode.CallRef)
        {
            EmitControl(ref reader, instruction);
        }
        else if (instruction.Opcode <= Opcode.GlobalSet)
        {
            EmitVariable(instruction);
        }
        else
        {
            EmitOther(instruction);
        }
    }

    private void EmitPlain(in Instruction instruction, in OpcodeInfo info)
    {
        if (info.AccessBytes == 0)
        {
            _numbers.Emit(instruction, info);
        }
        else if (info.HasResult)
        {
            _memory.EmitLoad(instruction, info.AccessBytes);
        }
        else
        {
            _memory.EmitStore(instruction, info.AccessBytes);
        }
    }

    private void EmitControl(ref CodeReader reader, in Instruction instruction)
    {
        int start = _il.Bytes;
        switch (instruction.Opcode)
        {
            case Opcode.Unreachable:
                EmitUnreachable(instruction.Offset);
                break;
            case Opcode.Block or Opcode.Loop:
                EmitBlock(instruction);
                break;
            case Opcode.If:
                EmitIf(instruction);
                break;
            case Opcode.Else:
                EmitElse();
                break;
            case Opcode.End:
                EmitEnd();
                break;
            case Opcode.Br:
                EmitBranch(instruction.Index);
                break;
            case Opcode.BrIf:
                EmitBranchIf(instruction.Index);
                break;
            case Opcode.BrTable:
                EmitBranchTable(ref reader, instruction.Index);
                break;
            case Opcode.Return:
                EmitReturn();
                break;
            case Opcode.Call:
                _calls.EmitCall((int)instruction.Index);
                NoteCall(start, instruction.Offset);
                break;
            case Opcode.CallIndirect:
                _calls.EmitCallIndirect((int)instruction.Index, (int)instruction.SecondIndex);
                NoteCall(start, instruction.Offset);
                break;
            case Opcode.Throw:
                _calls.EmitThrow((int)instruction.Index);
                _il.Origins.Add(start, _il.Bytes, instruction.Offset);
                EndReachable();
                break;
            case Opcode.ThrowRef:
                _calls.EmitThrowReference();
                _il.Origins.Add(start, _il.Bytes, instruction.Offset);
                EndReachable();
                break;
            case Opcode.CallRef:
                _calls.EmitCallReference((int)instruction.Index);
                NoteCall(start, instruction.Offset);
                break;
        }
    }

    /// <summary>Notes where a call is, and looks at interrupts between many calls in a row.</summary>
    /// <remarks>Functions that call none do not look.</remarks>
    private void NoteCall(int start, int offset)
    {
        _il.Origins.Add(start, _il.Bytes, offset);
        ControlFrame frame = _frames[^1];
        _emittedCalls++;
        if (_emittedCalls - frame.CheckedCalls >= CallsPerCheck)
        {
            _frame.EmitLoopCheck();
            frame.CheckedCalls = _emittedCalls;
        }
    }

    private void EmitVariable(in Instruction instruction)
    {
        int index = (int)instruction.Index;
        switch (instruction.Opcode)
        {
            case Opcode.Drop:
                _stack.Pop().Discard(_scope);
                break;
            case Opcode.Select or Opcode.SelectTyped:
                _variables.EmitSelect();
                break;
            case Opcode.LocalGet:
                _stack.Push(new LocalOperand(_scope.KindOf(index), index));
                break;
            case Opcode.LocalSet:
                _variables.EmitLocalSet(index);
                break;
            case Opcode.LocalTee:
                _variables.EmitLocalSet(index);
                _stack.Push(new LocalOperand(_scope.KindOf(index), index));
                break;
            case Opcode.GlobalGet:
                _variables.EmitGlobalGet(index);
                break;
            case Opcode.GlobalSet:
                _variables.EmitGlobalSet(index);
                break;
        }
    }

    private void EmitObject(in Instruction instruction)
    {
        int start = _il.Bytes;
        switch (instruction.Opcode)
        {
            case Opcode.BrOnCast or Opcode.BrOnCastFail:
                _objects.EmitTestOfTop(instruction.Code, isNegated: instruction.Opcode == Opcode.BrOnCastFail);
                EmitBranchIf(instruction.Index);
                return;
            case >= Opcode.ArrayNew and <= Opcode.ArrayInitElem:
                _arrays.Emit(instruction);
                break;
            default:
                _objects.Emit(instruction);
                break;
        }

        _il.Origins.Add(start, _il.Bytes, instruction.Offset);
    }

    private void EmitOther(in Instruction instruction)
    {
        switch (instruction.Opcode)
        {
            case >= Opcode.I64Add128 and <= Opcode.I64MulWideU:
                _numbers.EmitWide(instruction.Opcode);
                break;
            case Opcode.RefNull:
                _stack.Push(new ConstantOperand(instruction.Kind, 0));
                break;
            case Opcode.RefIsNull:
                _stack.Push(new NullTestOperand(_stack.Pop()));
                break;
            case Opcode.RefEq or (>= Opcode.StructNew and <= Opcode.I31GetU):
                EmitObject(instruction);
                break;
            case Opcode.RefAsNonNull:
                EmitAsNonNull();
                break;
            case Opcode.BrOnNull:
                EmitBranchOnNull(instruction.Index);
                break;
            case Opcode.BrOnNonNull:
                EmitBranchOnNonNull(instruction.Index);
                break;
            case Opcode.RefFunc:
                _variables.EmitFunctionReference((int)instruction.Index);
                break;
            case Opcode.MemorySize when instruction.Index == 0 && MemorySizeOperand.IsOf(_binary.Memories[0]):
                _stack.Push(new MemorySizeOperand());
                break;
            default:
                int start = _il.Bytes;
                _variables.EmitRuntimeCall(instruction);
                _il.Origins.Add(start, _il.Bytes, instruction.Offset);
                break;
        }
    }

    private void EmitUnreachable(int offset)
    {
        // Where a guest panics is worth knowing, and this ends its block anyway: no shared label.
        _scope.Traps.EmitUnreachable(offset);
        EndReachable();
    }
}
