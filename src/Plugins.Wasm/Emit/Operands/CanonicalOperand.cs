namespace Plugins.Wasm.Emit.Operands;

/// <summary>The result of an operator over floats, with the canonical NaN in place of any other.</summary>
internal sealed class CanonicalOperand : Operand
{
    private readonly Operand _inner;

    public CanonicalOperand(Operand inner)
        : base(inner.Kind)
    {
        _inner = inner;
        Size = inner.Size + 1;
        Reads = inner.Reads;
        LocalMask = inner.LocalMask;
        MayBeComparison = inner.MayBeComparison;
    }

    public override void Emit(FunctionPlaces scope)
    {
        _inner.Emit(scope);
        NumericCode.Canonical(Kind).Emit(scope.IL);
    }

    public override void Discard(FunctionPlaces scope) => _inner.Discard(scope);
}
