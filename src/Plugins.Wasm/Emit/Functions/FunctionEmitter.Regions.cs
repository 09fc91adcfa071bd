using System.Reflection;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Emit.Outlining;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <content>
/// Parts of the function that are methods of their own: RATIONALE.md, "Why cut functions into methods?". Such a method
/// takes the instance, the locals that go in, where to leave what comes out, and the depth, and gives the number of the
/// way on which it was left: 0 where it ran to its end, else one more than the block that a branch goes to.
/// </content>
internal sealed partial class FunctionEmitter
{
    // The frames of the blocks around the innermost one of those around the region, made where branches go there.
    private readonly Dictionary<int, ControlFrame> _outer = [];
    private readonly FunctionEmitter? _caller;
    private LocalBuilder? _exitLocal;
    private LocalBuilder? _exitOfCallees;
    private LocalBuilder? _slots;
    private Label _exitLabel;

    private FunctionEmitter(FunctionEmitter caller, FunctionScope scope)
        : this(caller._owner, scope, cuts: null)
    {
        _caller = caller;
        _outerFrames = caller._outerFrames + caller._frames.Count - 1;
        _emittedCalls = caller._emittedCalls;
        _frames.Add(FrameOf(caller._frames[^1]));
    }

    private SlotLayout Slots => _scope.Outline!.Slots;

    private int SlotsArgument => _scope.DepthArgument - 1;

    /// <summary>A block of the function, counted from the outermost.</summary>
    private ControlFrame FrameAt(int index)
    {
        if (index >= _outerFrames)
        {
            return _frames[index - _outerFrames];
        }

        if (!_outer.TryGetValue(index, out ControlFrame? frame))
        {
            _outer[index] = frame = FrameOf(_caller!.FrameAt(index));
        }

        return frame;
    }

    /// <summary>The frame by which a block is left that the caller has open.</summary>
    private ControlFrame FrameOf(ControlFrame callers) => new()
    {
        Kind = callers.Kind,
        Number = callers.Number,
        Parameters = callers.Parameters,
        Results = callers.Results,
        Height = 0,
        Facts = _facts.TakeMark(),
        Label = _il.DefineLabel(),
        HasLatch = callers.Kind == Opcode.Loop,
        CheckedCalls = callers.CheckedCalls,
        ParameterLocals = callers.Kind == Opcode.Loop
            ? [.. callers.Parameters.Select(kind => _il.DeclareLocal(Signature.TypeOf(kind)))]
            : [],
    };

    /// <summary>What a branch takes out of a region goes through a few slots for numbers.</summary>
    private void NoteKinds(FunctionType? type, ValueKind result)
    {
        if (_cuts is not null && (result.IsReference || (type is not null && !IsOfFewNumbers(type))))
        {
            _cuts.Refuse();
        }

        if (_cuts is not null && (result == ValueKind.V128 || (type is not null && HasVectors(type))))
        {
            _cuts.NoteVector();
        }
    }

    private static bool IsOfFewNumbers(FunctionType type) =>
        Math.Max(type.Parameters.Length, type.Results.Length) <= Outline.MaximumOperands
        && !type.Parameters.Any(kind => kind.IsReference)
        && !type.Results.Any(kind => kind.IsReference);

    private static bool HasVectors(FunctionType type) =>
        type.Parameters.Any(kind => kind == ValueKind.V128) || type.Results.Any(kind => kind == ValueKind.V128);

    private void NoteCut(in Instruction instruction)
    {
        if (_cuts is null || _frames.Count == 0)
        {
            return;
        }

        ControlFrame frame = _frames[^1];
        bool isEnd = instruction.Opcode is Opcode.End or Opcode.Else && _skippedBlocks == 0;
        if (_isReachable ? _stack.Count == frame.Height : isEnd)
        {
            _cuts.Add(new CutPoint(instruction.Offset, frame.Number, _isReachable, _il.Size));
        }
    }

    /// <summary>Calls the method of a region, and goes on where it says.</summary>
    private void EmitRegion(ref CodeReader reader, Region region)
    {
        _scope.Fuel.EmitOut();
        FunctionEmitter callee = EmitMethod(ref reader, region, out OutlinedMethod method);
        EmitCallOf(region.Code, method.Method);
        _emittedCalls = callee._emittedCalls;
        _frames[^1].CheckedCalls = callee._frames[0].CheckedCalls;
        EmitTakeOutputs(region.Code);
        _scope.Fuel.EmitIn();
        if (callee._frame.ReloadsMemory)
        {
            _frame.EmitMemoryReload();
        }

        EmitExits(callee);
    }

    private FunctionEmitter EmitMethod(ref CodeReader reader, Region region, out OutlinedMethod method)
    {
        CodeStretch code = region.Code;
        Type[] parameters =
        [
            typeof(Instance),
            .. code.Inputs.Select(local => Signature.TypeOf(_scope.KindOf(local))),
            typeof(ulong*),
            typeof(int),
        ];
        method = _scope.Outline!.Define(code, parameters);
        var callee = new FunctionEmitter(this, new FunctionScope(_scope, region, method));
        reader.MoveTo(code.Start);
        callee.EmitMethodOf(ref reader, method.IsMeasured);
        _scope.Outline.Add(method);
        return callee;
    }

    private void EmitMethodOf(ref CodeReader reader, bool isMeasured)
    {
        CodeStretch code = _scope.Region!.Code;
        _exitLocal = _il.DeclareLocal(typeof(int));
        _exitLabel = _il.DefineLabel();
        if (isMeasured)
        {
            _frame.EmitMeasuringEntry();
        }

        _frame.EmitPrologue();
        EmitCode(ref reader, code.End, isMeasured: false);
        EndsReachable = _isReachable;
        if (_isReachable)
        {
            EmitExit(0);
        }

        foreach ((int index, ControlFrame frame) in TargetedOuterFrames())
        {
            _il.Mark(frame.Label);
            EmitOperands(frame);
            EmitExit(index + 1);
        }

        EmitCommonExit();
        EmitColdCode();
    }

    /// <summary>Whether the end of this region can be reached.</summary>
    private bool EndsReachable { get; set; }

    private List<(int Index, ControlFrame Frame)> TargetedOuterFrames()
    {
        List<(int Index, ControlFrame Frame)> targeted =
            [.. _outer.Where(one => one.Value.IsTargeted).Select(one => (one.Key, one.Value))];
        if (_frames[0].IsTargeted)
        {
            targeted.Add((_outerFrames, _frames[0]));
        }

        return targeted;
    }

    private void EmitExit(int number)
    {
        _il.LoadConstant(number);
        _il.StoreLocal(_exitLocal!);
        _il.Branch(OpCodes.Br, _exitLabel);
    }

    /// <summary>Leaves the region by way of a block around it, with values for its end.</summary>
    private void EmitExit(ControlFrame target, Operand[] values)
    {
        target.ResultLocals = Store(values, target.ResultLocals);
        NoteBranch(target);
        _il.Branch(OpCodes.Br, target.Label);
    }

    private void EmitCommonExit()
    {
        CodeStretch code = _scope.Region!.Code;
        _il.Mark(_exitLabel);
        for (int i = 0; i < code.Outputs.Length; i++)
        {
            EmitSlot(i);
            _scope.LoadLocal(code.Outputs[i]);
            Slots.EmitStore(_il, _scope.KindOf(code.Outputs[i]));
        }

        _scope.Fuel.EmitOut();
        _il.LoadLocal(_exitLocal!);
        _il.Emit(OpCodes.Ret);
    }

    private void EmitOperands(ControlFrame frame)
    {
        LocalBuilder[] locals = frame.Kind == Opcode.Loop ? frame.ParameterLocals : frame.ResultLocals ?? [];
        for (int i = 0; i < locals.Length; i++)
        {
            EmitSlot(OutlinePlanner.MaximumCrossing + i);
            _il.LoadLocal(locals[i]);
            Slots.EmitStore(_il, frame.BranchKinds[i]);
        }
    }

    private void EmitSlot(int slot)
    {
        _il.LoadArgument(SlotsArgument);
        Slots.EmitOffset(_il, slot);
    }

    private void EmitCallOf(CodeStretch code, MethodInfo method)
    {
        _il.LoadArgument(0);
        foreach (int local in code.Inputs)
        {
            _scope.LoadLocal(local);
        }

        EmitSlotsOfCallees();
        _il.LoadArgument(_scope.DepthArgument);
        _il.Emit(OpCodes.Call, method);
        _exitOfCallees ??= _il.DeclareLocal(typeof(int));
        _il.StoreLocal(_exitOfCallees);
    }

    private void EmitSlotsOfCallees()
    {
        _slots ??= _il.DeclareLocal(_scope.Outline!.SlotType);
        _il.LoadLocalAddress(_slots);
        _il.Emit(OpCodes.Conv_U);
    }

    private void EmitTakeOutputs(CodeStretch code)
    {
        for (int i = 0; i < code.Outputs.Length; i++)
        {
            int local = code.Outputs[i];
            EmitSlotsOfCallees();
            Slots.EmitOffset(_il, i);
            Slots.EmitLoad(_il, _scope.KindOf(local));
            _scope.StoreLocal(local);
            _facts.Set(local);
        }
    }

    /// <summary>Goes on where the region was left to.</summary>
    private void EmitExits(FunctionEmitter callee)
    {
        List<(int Index, ControlFrame Frame)> exits = callee.TargetedOuterFrames();
        for (int i = 0; i < exits.Count; i++)
        {
            (int index, ControlFrame frame) = exits[i];
            bool isLast = i == exits.Count - 1 && !callee.EndsReachable;
            Label next = _il.DefineLabel();
            if (!isLast)
            {
                _il.LoadLocal(_exitOfCallees!);
                _il.LoadConstant(index + 1);
                _il.Branch(OpCodes.Bne_Un, next);
            }

            EmitWayTo(FrameAt(index), isReturn: index == 0);
            if (!isLast)
            {
                _il.Mark(next);
            }
        }

        if (!callee.EndsReachable)
        {
            if (exits.Count == 0)
            {
                // It only traps or runs for ever, but the method's code must not run out here.
                _il.Emit(OpCodes.Ldnull);
                _il.Emit(OpCodes.Throw);
            }

            EndReachable();
        }
    }

    private void EmitWayTo(ControlFrame target, bool isReturn)
    {
        int count = target.BranchKinds.Length;
        for (int i = 0; i < count; i++)
        {
            EmitSlotsOfCallees();
            Slots.EmitOffset(_il, OutlinePlanner.MaximumCrossing + i);
            Slots.EmitLoad(_il, target.BranchKinds[i]);
            _stack.PushStored(target.BranchKinds[i]);
        }

        if (isReturn)
        {
            EmitReturnOf(_stack.Pop(count));
            return;
        }

        // Whether its next round may begin, a loop was asked in the region.
        EmitMove(target, _stack.SpillTop(count));
        _stack.DiscardTo(_stack.Count - count);
        NoteBranch(target);
        _il.Branch(OpCodes.Br, target.Label);
    }
}
