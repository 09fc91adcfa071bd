using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>Emits the counting of fuel.</summary>
/// <remarks>
/// A function that passes its fuel counts in the argument, and returns what is left; the store is told only where it
/// calls anything that looks there. Others count in a local, from and to the store. RATIONALE.md, "Why is fuel charged
/// by region?" and "Why is fuel passed from call to call?".
/// </remarks>
internal sealed class FuelEmitter
{
    private const int Nowhere = -1;

    private readonly FunctionScope _scope;
    private readonly ILEmitter _il;
    private LocalBuilder? _local;

    /// <summary>The block in which the store is known to have all that was charged.</summary>
    private int _shownIn = Nowhere;

    public FuelEmitter(FunctionScope scope)
    {
        _scope = scope;
        _il = scope.IL;
        IsMetered = scope.Module.MetersFuel;
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

        EmitRemaining();
        _il.LoadConstant((long)cost);
        _il.Emit(OpCodes.Sub);
        EmitSet();
    }

    /// <summary>Begins to count at the entry.</summary>
    public void EmitBegin()
    {
        if (!_scope.PassesFuel)
        {
            EmitIn();
        }
    }

    /// <summary>Goes on with what the store has, after everything that changes it.</summary>
    public void EmitIn()
    {
        if (IsMetered)
        {
            _scope.LoadStore();
            _il.Emit(OpCodes.Ldfld, RuntimeMembers.StoreFuel);
            EmitSet();
            _shownIn = _il.Blocks;
        }
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
        if (_scope.PassesFuel)
        {
            _il.LoadArgument(_scope.FuelArgument);
        }
        else
        {
            _il.LoadLocal(Local);
        }
    }

    /// <summary>Goes on with what is on the evaluation stack.</summary>
    public void EmitSet()
    {
        if (_scope.PassesFuel)
        {
            _il.StoreArgument(_scope.FuelArgument);
        }
        else
        {
            _il.StoreLocal(Local);
        }

        _shownIn = Nowhere;
    }
}
