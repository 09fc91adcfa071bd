using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The value of a wasm local or parameter.</summary>
internal sealed class LocalOperand : Operand
{
    public LocalOperand(ValueKind kind, int index)
        : base(kind)
    {
        Index = index;
        LocalMask = MaskOf(index);
    }

    public int Index { get; }

    public static ulong MaskOf(int index) => 1UL << (index & 63);

    public override void Emit(FunctionPlaces scope) => scope.LoadLocal(Index);
}
