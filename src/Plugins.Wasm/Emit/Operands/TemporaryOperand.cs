using System.Reflection.Emit;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>A value that was stored in a temporary.</summary>
internal sealed class TemporaryOperand : Operand
{
    private readonly bool _isOwner;

    /// <param name="kind">The type on the operand stack.</param>
    /// <param name="local">Where the value is.</param>
    /// <param name="isOwner">Whether the temporary is free once this operand was used.</param>
    public TemporaryOperand(ValueKind kind, LocalBuilder local, bool isOwner = true)
        : base(kind)
    {
        Local = local;
        _isOwner = isOwner;
    }

    public LocalBuilder Local { get; }

    public override bool IsSettled => true;

    public override void Emit(FunctionPlaces scope)
    {
        scope.IL.LoadLocal(Local);
        Discard(scope);
    }

    public override void Discard(FunctionPlaces scope)
    {
        if (_isOwner)
        {
            scope.Temporaries.Return(Local);
        }
    }
}
