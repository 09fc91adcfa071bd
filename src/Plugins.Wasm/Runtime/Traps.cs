using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime;

/// <summary>What compiled code throws; kept out of line, since it is almost never run.</summary>
internal static class Traps
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception Create(TrapKind kind) => new TrapException(kind);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception CreateAt(TrapKind kind, int offset) => new TrapException(kind, offset);

    /// <summary>What <see cref="CreateMetered"/> is told of a trap that does not say where it is.</summary>
    public static int CodeOf(TrapKind kind) => ~(int)kind;

    /// <summary>What <see cref="CreateMetered"/> is told of <c>unreachable</c>.</summary>
    public static int CodeOfUnreachable(int offset) => offset;

    /// <summary>Shows the fuel that is left, and creates the trap.</summary>
    /// <param name="store">Whose fuel.</param>
    /// <param name="fuel">How much is left.</param>
    /// <param name="code">Which trap.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception CreateMetered(Store store, long fuel, int code)
    {
        store.Fuel = fuel;
        if (code >= 0)
        {
            return CreateAt(TrapKind.Unreachable, code);
        }

        var kind = (TrapKind)~code;
        return kind == TrapKind.OutOfFuel ? ForFuel(store) : Create(kind);
    }

    /// <summary>Why a metered loop may not begin its next round: an interrupt lifts what it needs to have.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception ForFuel(Store store) =>
        new TrapException(store.Fuel < 0 ? TrapKind.OutOfFuel : TrapKind.Interrupted);

    /// <summary>Why an element that an indirect call found missing is missing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Exception ForElement(Table table, int index) =>
        new TrapException((uint)index < table.Size ? TrapKind.UninitializedElement : TrapKind.UndefinedElement);
}
