using System.Reflection.Emit;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>Whether a reference is null.</summary>
internal sealed class NullTestOperand : Operand
{
    private readonly Operand _reference;

    public NullTestOperand(Operand reference)
        : base(ValueKind.I32)
    {
        _reference = reference;
        Size = reference.Size + 1;
        Reads = reference.Reads;
        LocalMask = reference.LocalMask;
        UpperBound = 1;
    }

    public override void Emit(FunctionPlaces scope)
    {
        _reference.Emit(scope);
        scope.IL.Emit(OpCodes.Ldnull);
        scope.IL.Emit(OpCodes.Ceq);
    }

    public override void Discard(FunctionPlaces scope) => _reference.Discard(scope);
}
