using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>The values and calls of interpreted functions: native memory that one store at a time has.</summary>
/// <remarks>
/// A store takes one when code begins to run in it, and gives it back when that ends; a thread keeps one for its next
/// store. References cannot stand in native memory, so they have an array of their own with the same indices; so have
/// vectors, which are twice as wide.
/// </remarks>
internal sealed unsafe class InterpreterStack
{
    [ThreadStatic]
    private static InterpreterStack? t_kept;

    // A compiled call takes no less of its stack.
    private const int BytesPerCall = 64;

    // Before the first, for a function that calls none, which may stand one deeper, and for where that one is.
    private const int Spare = 3;

    private readonly Activation* _activations;
    private readonly ulong* _slots;
    private readonly nuint _slotCount;
    private readonly int _bytes;
    private Vector128<byte>* _vectors;
    private object?[]? _references;
    private int _usedReferences;

    private InterpreterStack(int bytes)
    {
        _bytes = bytes;
        _slotCount = (nuint)bytes / sizeof(ulong);
        nuint calls = ((nuint)bytes / BytesPerCall) + Spare;
        _slots = (ulong*)NativeMemory.Alloc(_slotCount, sizeof(ulong));
        _activations = (Activation*)NativeMemory.Alloc(calls, (nuint)sizeof(Activation));
    }

    ~InterpreterStack()
    {
        NativeMemory.Free(_slots);
        NativeMemory.Free(_activations);
        NativeMemory.Free(_vectors);
    }

    /// <summary>The first slot that no call uses.</summary>
    internal ulong* Top { get; set; }

    /// <summary>The end of the slots that the store may use.</summary>
    internal ulong* End { get; private set; }

    /// <summary>The last call that the store may have and that may call others.</summary>
    internal Activation* Last { get; private set; }

    /// <summary>The innermost call that is interpreted, as of the last call out of the interpreter.</summary>
    internal Activation* Current { get; set; }

    /// <summary>Where the call goes on that caught the last exception.</summary>
    internal Landing Landing { get; set; }

    internal static InterpreterStack Rent(StoreOptions options)
    {
        InterpreterStack? kept = t_kept;
        t_kept = null;
        InterpreterStack stack =
            kept is not null && kept._bytes >= options.StackBytes ? kept : new InterpreterStack(options.StackBytes);
        stack.Top = stack._slots;
        stack.Current = stack._activations;
        stack.End = stack._slots + (options.StackBytes / sizeof(ulong));
        stack.Last = stack._activations + (options.StackBytes / BytesPerCall);
        return stack;
    }

    /// <summary>Gives it back, with no call on it.</summary>
    internal void Return()
    {
        if (_usedReferences > 0)
        {
            Array.Clear(_references!, 0, _usedReferences);
            _usedReferences = 0;
        }

        t_kept = this;
    }

    /// <summary>The slots at the top, for the arguments and results of a call.</summary>
    /// <exception cref="TrapException">There are not that many.</exception>
    internal ulong* Reserve(int slots) => slots <= End - Top
        ? Top
        : throw new TrapException(TrapKind.CallStackExhausted);

    /// <summary>The vectors that belong to slots, from one of these on.</summary>
    internal Vector128<byte>* VectorsAt(ulong* slot)
    {
        if (_vectors is null)
        {
            _vectors = (Vector128<byte>*)NativeMemory.Alloc(_slotCount, (nuint)sizeof(Vector128<byte>));
        }

        return _vectors + (slot - _slots);
    }

    /// <summary>The reference that belongs to a slot.</summary>
    internal ref object? ReferenceAt(ulong* slot) => ref ReferencesAt(slot, 1)[0];

    /// <summary>The references that belong to slots in a row.</summary>
    internal Span<object?> ReferencesAt(ulong* slot, int count)
    {
        int first = (int)(slot - _slots);
        _references ??= new object?[_slotCount];
        _usedReferences = Math.Max(_usedReferences, first + count);
        return _references.AsSpan(first, count);
    }
}
