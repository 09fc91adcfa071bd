using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits the counting of fuel.</summary>
/// <remarks>
/// A function that calls or loops holds all the fuel in a local, and the store has it while anything else may look. One
/// that does neither holds what it has spent, which is a constant on most ways, and takes it off the store's where it
/// returns. RATIONALE.md, "Why is fuel charged by region?".
/// </remarks>
internal sealed class FuelEmitter
{
    private const int Nowhere = -1;

    private readonly FunctionScope _scope;
    private readonly ILEmitter _il;
    private readonly bool _holdsAll;
    private LocalBuilder? _local;

    /// <summary>The block in which the store is known to have all that was charged.</summary>
    private int _shownIn = Nowhere;

    public FuelEmitter(FunctionScope scope)
    {
        _scope = scope;
        _il = scope.IL;
        IsMetered = scope.Module.MetersFuel;
        _holdsAll = scope.Scan.HasCalls || scope.Scan.HasLoops;
    }

    public bool IsMetered { get; }

    private LocalBuilder Local => _local ??= _il.DeclareLocal(typeof(long));

    /// <summary>Charges a region.</summary>
    public void EmitCharge(int cost)
    {
        if (!IsMetered || cost == 0)
        {
            return;
        }

        _il.LoadLocal(Local);
        _il.LoadConstant((long)cost);
        _il.Emit(_holdsAll ? OpCodes.Sub : OpCodes.Add);
        _il.StoreLocal(Local);
        _shownIn = Nowhere;
    }

    /// <summary>Begins to count, with what the store has: at the entry, and after everything that changes it.</summary>
    public void EmitIn()
    {
        if (!IsMetered)
        {
            return;
        }

        if (_holdsAll)
        {
            EmitStored();
        }
        else
        {
            _il.LoadConstant(0L);
        }

        _il.StoreLocal(Local);
        _shownIn = _il.Blocks;
    }

    /// <summary>Shows the store's readers what was charged, where something else is about to look.</summary>
    public void EmitOut()
    {
        // A call whose result is returned at once is followed by no charge.
        if (IsMetered && _shownIn != _il.Blocks)
        {
            _scope.LoadStore();
            EmitRemaining();
            _il.Emit(OpCodes.Stfld, RuntimeMembers.StoreFuel);
        }
    }

    /// <summary>Loads what is left.</summary>
    public void EmitRemaining()
    {
        if (_holdsAll)
        {
            _il.LoadLocal(Local);
            return;
        }

        // In this order the addition is to memory, without a register.
        EmitStored();
        _il.LoadLocal(Local);
        _il.Emit(OpCodes.Sub);
    }

    private void EmitStored()
    {
        _scope.LoadStore();
        _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuel);
    }
}
