using System.Reflection.Emit;
using Plugins.Wasm.Emit.Frames;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Scanning;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits the entry of a function, its checks, and what it caches of its instance.</summary>
internal sealed class FrameEmitter
{
    // Setting more locals than this to be zero one by one would cost more than zeroing the frame.
    internal const int MaximumExplicitZeros = 256;

    private readonly FunctionScope _scope;
    private readonly FunctionScan _scan;
    private readonly ILEmitter _il;
    private readonly TrapLabels _traps;
    private Label _stackLow;
    private Label? _measure;
    private Label _stackChecked;

    public FrameEmitter(FunctionScope scope)
    {
        _scope = scope;
        _scan = scope.Scan;
        _il = scope.IL;
        _traps = scope.Traps;
    }

    /// <summary>Whether anything after the entry may have moved the memory.</summary>
    public bool ReloadsMemory { get; private set; }

    private bool Meters => _scope.Fuel.IsMetered;

    private bool ChecksStack => _scan.HasCalls || _scan.IsLong || _scope.IsRegion;

    /// <summary>Lets the function be entered only to note its stack pointer, before anything else is done.</summary>
    public void EmitMeasuringEntry()
    {
        Label measure = _il.DefineLabel();
        _measure = measure;
        _il.LoadArgument(_scope.DepthArgument);
        _il.LoadConstant(ProbeEmitter.MeasuringDepth);
        _il.Branch(OpCodes.Beq, measure);
    }

    public void EmitPrologue()
    {
        // One that passes its fuel on needs the store where it is entered, and where it calls what it does not know.
        if (_scan.HasLoops || (Meters && (!_scope.PassesFuel || _scan.Shape.IndirectCalls > 0)))
        {
            _scope.EmitStoreIn();
        }

        if (ChecksStack)
        {
            EmitStackCheck();
        }

        // After the call that extends the stack, so that no call preserves it.
        _scope.Fuel.EmitBegin();

        if (_scope.Transfer is null)
        {
            if (!_scope.IsRegion)
            {
                EmitCallChecks();
            }

            EmitZeroLocals();
        }

        EmitMemoryReload();
        ReloadsMemory = false;
    }

    private void EmitCallChecks()
    {
        if (_scan.HasCalls)
        {
            EmitDepthCheck();
            EmitFuelCheck();
        }
    }

    /// <summary>
    /// One comparison serves two ends: the limit is above every address while an interrupt is requested. The local
    /// whose address is taken also keeps calls from becoming jumps, which would escape the check.
    /// </summary>
    private void EmitStackCheck()
    {
        LocalBuilder probe = _il.DeclareLocal(typeof(int));
        _stackLow = _il.DefineLabel();
        _stackChecked = _il.DefineLabel();
        _il.LoadLocalAddress(probe);
        _il.Emit(OpCodes.Conv_U);
        _scope.LoadStore();
        _il.Emit(OpCodes.Volatile);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreStackLimit);
        _il.Branch(OpCodes.Blt_Un, _stackLow);
        _il.Mark(_stackChecked);
    }

    private void EmitDepthCheck()
    {
        _il.LoadArgument(_scope.DepthArgument);
        _il.LoadConstant(1);
        _il.Emit(OpCodes.Sub);
        _il.StoreArgument(_scope.DepthArgument);
        _il.LoadArgument(_scope.DepthArgument);
        _il.LoadConstant(0);
        _il.Branch(OpCodes.Blt, _traps[TrapKind.CallStackExhausted]);
    }

    private void EmitZeroLocals()
    {
        IReadOnlyCollection<int> locals = _scope.IsRegion ? _scope.Region!.Code.Used : _scan.UsedLocals;
        if (locals.Count > MaximumExplicitZeros)
        {
            return;
        }

        foreach (int local in locals)
        {
            if (!_scope.IsArgument(local))
            {
                ConstantOperand.EmitZero(_il, _scope.KindOf(local));
                _scope.StoreLocal(local);
            }
        }
    }

    public void EmitMemoryReload()
    {
        if (!_scan.UsesMemory)
        {
            return;
        }

        ReloadsMemory = true;

        // Loading the memory twice is cheaper than duplicating it, which costs unoptimised code a stack slot each time.
        _il.LoadArgument(0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceMemory0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.MemoryBase);
        _il.StoreLocal(_scope.MemoryBase);
        _il.LoadArgument(0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceMemory0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.MemoryLength);
        _il.StoreLocal(_scope.MemoryLength);
    }

    /// <summary>Whether the next round of a loop, or the next of many calls, may begin.</summary>
    /// <remarks>With metering, one comparison serves two ends: an interrupt lifts the floor above any fuel.</remarks>
    public void EmitLoopCheck()
    {
        if (Meters)
        {
            _scope.Fuel.EmitRemaining();
            EmitFuelFloor();
            _il.Branch(OpCodes.Blt, _traps[TrapKind.OutOfFuel]);
        }
        else
        {
            EmitFuelFloor();
            _il.Branch(OpCodes.Brtrue, _traps[TrapKind.Interrupted]);
        }
    }

    private void EmitFuelFloor()
    {
        _scope.LoadStore();
        _il.Emit(OpCodes.Volatile);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuelFloor);
    }

    private void EmitFuelCheck()
    {
        if (Meters)
        {
            _scope.Fuel.EmitRemaining();
            _il.LoadConstant(0L);
            _il.Branch(OpCodes.Blt, _traps[TrapKind.OutOfFuel]);
        }
    }

    /// <summary>What the checks branch to, after the function's own code.</summary>
    public void EmitSlowPaths()
    {
        if (ChecksStack)
        {
            _il.Mark(_stackLow);
            EmitExtendStack();
            _il.Branch(OpCodes.Br, _stackChecked);
        }

        EmitMeasuring();
    }

    private void EmitExtendStack()
    {
        // It may throw, and then the store tells what is left. Read again, the argument is not kept across the call.
        if (_scope.PassesFuel)
        {
            _scope.Fuel.EmitOut();
        }

        _il.LoadArgument(0);
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.InstanceStore);
        _il.LoadConstant(0);
        _il.Emit(OpCodes.Call, RuntimeMembers.StackGuardExtend);
        if (_scope.PassesFuel)
        {
            _scope.Fuel.EmitIn();
        }
    }

    private void EmitMeasuring()
    {
        if (_measure is Label label)
        {
            _il.Mark(label);
            _il.Emit(OpCodes.Call, RuntimeMembers.FrameProbeNote);
            EmitMeasuredResult();
            _il.Emit(OpCodes.Ret);
        }
    }

    // Nobody reads it.
    private void EmitMeasuredResult()
    {
        if (_scope.Transfer is not null)
        {
            return;
        }

        if (_scope.IsRegion)
        {
            _il.LoadConstant(0);
        }
        else if (_scope.Type.Results is not [ValueKind first, ..])
        {
            if (_scope.PassesFuel)
            {
                _il.LoadConstant(0L);
            }
        }
        else if (_scope.PassesFuel)
        {
            _il.LoadLocal(_scope.Returned);
        }
        else
        {
            ConstantOperand.EmitZero(_il, first);
        }
    }
}
