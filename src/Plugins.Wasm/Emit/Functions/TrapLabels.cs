using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>One cold label per kind of trap and function, so that a check is a compare and a branch.</summary>
/// <remarks>
/// Where fuel is metered, all of them lead to one call at the function's end. The runtime's compiler gives the fuel a
/// register that calls preserve, and saves it at every entry, when a call stands before any use of the fuel, and it
/// goes by where code stands.
/// </remarks>
internal sealed class TrapLabels
{
    private readonly SortedDictionary<TrapKind, Label> _labels = [];
    private readonly FunctionScope _scope;
    private readonly ILEmitter _il;
    private LocalBuilder? _code;
    private Label _end;

    public TrapLabels(FunctionScope scope)
    {
        _scope = scope;
        _il = scope.IL;
    }

    public Label this[TrapKind kind]
    {
        get
        {
            if (!_labels.TryGetValue(kind, out Label label))
            {
                _labels[kind] = label = _il.DefineLabel();
            }

            return label;
        }
    }

    /// <summary>Emits a trap that says where it is.</summary>
    public void EmitUnreachable(int offset)
    {
        if (_scope.Fuel.IsMetered)
        {
            EmitWayToEnd(Traps.CodeOfUnreachable(offset));
            return;
        }

        _il.LoadConstant((int)TrapKind.Unreachable);
        _il.LoadConstant(offset);
        _il.Emit(OpCodes.Call, RuntimeMembers.TrapsCreateAt);
        _il.Emit(OpCodes.Throw);
    }

    /// <summary>Emits what the labels stand for, after the function's own code.</summary>
    public void EmitAll()
    {
        foreach ((TrapKind kind, Label label) in _labels)
        {
            _il.Mark(label);
            if (_scope.Fuel.IsMetered)
            {
                EmitWayToEnd(Traps.CodeOf(kind));
            }
            else
            {
                _il.LoadConstant((int)kind);
                _il.Emit(OpCodes.Call, RuntimeMembers.TrapsCreate);
                _il.Emit(OpCodes.Throw);
            }
        }

        EmitEnd();
    }

    private void EmitWayToEnd(int code)
    {
        if (_code is null)
        {
            _code = _il.DeclareLocal(typeof(int));
            _end = _il.DefineLabel();
        }

        _il.LoadConstant(code);
        _il.StoreLocal(_code);
        _il.Branch(OpCodes.Br, _end);
    }

    private void EmitEnd()
    {
        if (_code is not null)
        {
            _il.Mark(_end);
            _scope.LoadStore();
            _scope.Fuel.EmitRemaining();
            _il.LoadLocal(_code);
            _il.Emit(OpCodes.Call, RuntimeMembers.TrapsCreateMetered);
            _il.Emit(OpCodes.Throw);
        }
    }
}
