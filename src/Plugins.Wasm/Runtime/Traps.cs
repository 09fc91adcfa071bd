using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime;

/// <summary>What compiled code throws; kept out of line, since it is almost never run.</summary>
internal static class Traps
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Create(TrapKind kind) => new TrapException(kind);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception CreateAt(TrapKind kind, int offset) => new TrapException(kind, offset);

    /// <summary>Why a metered loop may not begin its next round.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception ForFuel(Store store) =>
        new TrapException(store.Fuel < 0 ? TrapKind.OutOfFuel : TrapKind.Interrupted);

    /// <summary>Why an element that an indirect call found missing is missing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception ForElement(Table table, int index) =>
        new TrapException((uint)index < table.Size ? TrapKind.UninitializedElement : TrapKind.UndefinedElement);
}
