using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The values and calls of interpreted functions: native memory that one store at a time has.</summary>
/// <remarks>
/// A store takes one when code begins to run in it, and gives it back when that ends; a thread keeps one for its next
/// store. References cannot stand in native memory, so they have an array of their own with the same indices.
/// </remarks>
internal sealed unsafe class InterpreterStack
{
    [ThreadStatic]
    private static InterpreterStack? t_kept;

    // Before the first, and for a function that calls none, which may stand one deeper.
    private const int Spare = 2;

    private readonly Activation* _activations;
    private readonly ulong* _slots;
    private readonly nuint _slotCount;
    private object?[]? _references;

    private InterpreterStack(int bytes, int depth)
    {
        Depth = depth;
        Bytes = bytes;
        _slotCount = (nuint)bytes / sizeof(ulong);
        _slots = (ulong*)NativeMemory.Alloc(_slotCount, sizeof(ulong));
        _activations = (Activation*)NativeMemory.Alloc((nuint)depth + Spare, (nuint)sizeof(Activation));
        Current = _activations;
        Top = _slots;
        End = _slots + _slotCount;
    }

    ~InterpreterStack()
    {
        NativeMemory.Free(_slots);
        NativeMemory.Free(_activations);
    }

    /// <summary>The first slot that no call uses.</summary>
    internal ulong* Top { get; set; }

    /// <summary>The end of the slots.</summary>
    internal ulong* End { get; }

    /// <summary>The innermost call that is interpreted and not finished, as of the last call out of the interpreter.</summary>
    internal Activation* Current { get; set; }

    private int Depth { get; }

    private int Bytes { get; }

    /// <summary>Where the references are, by the index of their slots; made when first asked for.</summary>
    internal object?[] References => _references ??= new object?[_slotCount];

    internal static InterpreterStack Rent(StoreOptions options)
    {
        InterpreterStack? kept = t_kept;
        t_kept = null;
        return kept is not null && kept.Bytes == options.StackBytes && kept.Depth >= options.CallDepth
            ? kept
            : new InterpreterStack(options.StackBytes, options.CallDepth);
    }

    /// <summary>Gives it back, with no call on it.</summary>
    internal void Return()
    {
        Top = _slots;
        Current = _activations;
        if (_references is not null)
        {
            Array.Clear(_references);
        }

        t_kept = this;
    }

    /// <summary>The slots at the top, for the arguments and results of a call.</summary>
    /// <exception cref="TrapException">There are not that many.</exception>
    internal ulong* Reserve(int slots) => slots <= End - Top
        ? Top
        : throw new TrapException(TrapKind.CallStackExhausted);

    /// <summary>The reference that belongs to a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref object? ReferenceAt(ulong* slot) => ref References[slot - _slots];

    /// <summary>The references that belong to slots in a row.</summary>
    internal Span<object?> ReferencesAt(ulong* slot, int count) => References.AsSpan((int)(slot - _slots), count);
}
