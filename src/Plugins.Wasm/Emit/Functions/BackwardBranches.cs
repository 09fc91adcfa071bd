using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>The branches of a function that go back to loops.</summary>
/// <remarks>
/// The just-in-time compiler walks over every block between a backward branch and its target, for each such branch.
/// Where that would take long, all branches back go forward instead: to the end of the method, from there by its only
/// backward branch to a dispatcher at its start, and from there forward to the loop. RATIONALE.md, "Why do some loops
/// go round through a dispatcher?".
/// </remarks>
internal sealed class BackwardBranches
{
    private readonly List<Label> _waysBack = [];
    private readonly ILEmitter _il;
    private readonly Label[] _heads;
    private LocalBuilder? _loop;
    private Label _dispatcher;

    public BackwardBranches(ILEmitter il, FunctionScan scan)
    {
        _il = il;
        _heads = scan.HasCostlyLoops ? new Label[scan.Shape.Loops] : [];
    }

    private bool IsDispatched => _heads.Length > 0;

    /// <summary>Emits the dispatcher, where it is needed, before the function's own code.</summary>
    public void EmitDispatcher()
    {
        if (!IsDispatched)
        {
            return;
        }

        for (int i = 0; i < _heads.Length; i++)
        {
            _heads[i] = _il.DefineLabel();
        }

        _loop = _il.DeclareLocal(typeof(int));
        _dispatcher = _il.DefineLabel();
        Label start = _il.DefineLabel();
        _il.Branch(OpCodes.Br, start);
        _il.Mark(_dispatcher);
        _il.LoadLocal(_loop);
        _il.Switch(_heads);
        _il.Mark(start);
    }

    /// <summary>Marks the head of the next loop.</summary>
    /// <param name="again">Where the branches back to it go.</param>
    public void MarkHead(Label again)
    {
        _il.Mark(IsDispatched ? _heads[_waysBack.Count] : again);
        _waysBack.Add(again);
    }

    /// <summary>Emits the ways back to the dispatcher, after the function's own code.</summary>
    public void EmitWaysBack()
    {
        if (!IsDispatched)
        {
            return;
        }

        Label back = _il.DefineLabel();
        for (int i = 0; i < _waysBack.Count; i++)
        {
            _il.Mark(_waysBack[i]);
            _il.LoadConstant(i);
            _il.StoreLocal(_loop!);
            _il.Branch(OpCodes.Br, back);
        }

        // Loops in code that cannot be reached were not emitted, but their labels are in the dispatcher's list.
        for (int i = _waysBack.Count; i < _heads.Length; i++)
        {
            _il.Mark(_heads[i]);
        }

        _il.Mark(back);
        _il.Branch(OpCodes.Br, _dispatcher);
    }
}
