using System.Reflection.Emit;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>The size of memory 0 in pages.</summary>
internal sealed class MemorySizeOperand : Operand
{
    private const int PageShift = 16;

    public MemorySizeOperand()
        : base(ValueKind.I32) => Reads = Reads.Memory;

    /// <summary>Whether it is the size of such a memory: one of 32-bit addresses and ordinary pages.</summary>
    public static bool IsOf(MemoryType memory) =>
        memory is { Address: ValueKind.I32, PageBytes: MemoryType.OrdinaryPageBytes };

    public override void Emit(FunctionPlaces scope)
    {
        scope.IL.LoadLocal(scope.MemoryLength);
        scope.IL.LoadConstant(PageShift);
        scope.IL.Emit(OpCodes.Shr_Un);
        scope.IL.Emit(OpCodes.Conv_I4);
    }
}
