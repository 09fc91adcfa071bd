using System.Reflection.Emit;
using Plugins.Wasm.IL;
using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Emit.Functions;

/// <summary>One cold label per kind of trap and function, so that a check is a compare and a branch.</summary>
internal sealed class TrapLabels
{
    private readonly SortedDictionary<TrapKind, Label> _labels = [];
    private readonly ILEmitter _il;

    public TrapLabels(ILEmitter il) => _il = il;

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

    /// <summary>Emits what the labels stand for, after the function's own code.</summary>
    /// <param name="beforeThrow">Writes cached state back.</param>
    public void EmitAll(Action beforeThrow)
    {
        foreach ((TrapKind kind, Label label) in _labels)
        {
            _il.Mark(label);
            beforeThrow();
            _il.LoadConstant((int)kind);
            _il.Emit(OpCodes.Call, RuntimeMembers.TrapsCreate);
            _il.Emit(OpCodes.Throw);
        }
    }
}
