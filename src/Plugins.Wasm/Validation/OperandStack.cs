using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The types on the operand stack; below the floor of the innermost block nothing can be popped.</summary>
/// <remarks>
/// After an unconditional branch the stack is polymorphic: at its floor it yields whatever is asked for. Whole lists
/// of types are compared as spans, so that a branch over 1,000 values costs no more than a few others.
/// WebAssembly 2.0, appendix A.3 (validation algorithm).
/// </remarks>
internal sealed class OperandStack(int limit)
{
    /// <summary>The type of a value that a polymorphic stack yielded.</summary>
    public const ValueKind Unknown = default;

    private ValueKind[] _kinds = new ValueKind[64];
    private int _floor;
    private bool _isPolymorphic;

    public int Count { get; private set; }

    /// <summary>The instruction that is being validated, for errors.</summary>
    public int Offset { get; set; }

    /// <summary>Empties the stack for another function.</summary>
    public void Reset()
    {
        Count = 0;
        SetFloor(0, isPolymorphic: false);
    }

    /// <summary>Says where the innermost block begins.</summary>
    public void SetFloor(int floor, bool isPolymorphic)
    {
        _floor = floor;
        _isPolymorphic = isPolymorphic;
    }

    /// <summary>Drops what the innermost block has pushed, and is polymorphic from now on.</summary>
    public void MakePolymorphic()
    {
        Count = _floor;
        _isPolymorphic = true;
    }

    public void Push(ValueKind kind)
    {
        if (Count == _kinds.Length || Count >= limit)
        {
            Reserve(1);
        }

        _kinds[Count++] = kind;
    }

    public void Push(ReadOnlySpan<ValueKind> kinds)
    {
        Reserve(kinds.Length);
        kinds.CopyTo(_kinds.AsSpan(Count));
        Count += kinds.Length;
    }

    /// <summary>Pops a value of any type.</summary>
    public ValueKind Pop()
    {
        if (Count > _floor)
        {
            return _kinds[--Count];
        }

        return _isPolymorphic ? Unknown : throw TypeMismatch("a value is missing");
    }

    /// <summary>Pops a value of one type.</summary>
    public void Pop(ValueKind expected)
    {
        if (Count == _floor && _isPolymorphic)
        {
            return;
        }

        ValueKind actual = Count > _floor ? _kinds[--Count] : throw Missing(expected);
        if (actual != expected && actual != Unknown)
        {
            throw Mismatch(expected, actual);
        }
    }

    /// <summary>Pops values of these types, the last one first.</summary>
    public void Pop(ReadOnlySpan<ValueKind> expected)
    {
        Check(expected);
        Count -= Math.Min(expected.Length, Count - _floor);
    }

    /// <summary>Requires that values of these types could be popped, and leaves them as they are.</summary>
    public void Check(ReadOnlySpan<ValueKind> expected)
    {
        int present = Math.Min(expected.Length, Count - _floor);
        if (present < expected.Length && !_isPolymorphic)
        {
            throw Missing(expected[expected.Length - present - 1]);
        }

        ReadOnlySpan<ValueKind> actual = _kinds.AsSpan(Count - present, present);
        ReadOnlySpan<ValueKind> known = expected[(expected.Length - present)..];
        if (!actual.SequenceEqual(known) && !MatchesAboveUnknown(actual, known))
        {
            throw FirstMismatch(actual, known);
        }
    }

    /// <summary>Requires that the innermost block left nothing behind.</summary>
    public void CheckAtFloor()
    {
        if (Count != _floor)
        {
            throw TypeMismatch($"{Count - _floor} values are left on the stack");
        }
    }

    public InvalidModuleException Mismatch(ValueKind expected, ValueKind actual) =>
        TypeMismatch($"expected {KindName.Of(expected)}, found {KindName.Of(actual)}");

    public InvalidModuleException TypeMismatch(string detail) => new($"type mismatch: {detail}", Offset);

    private InvalidModuleException Missing(ValueKind expected) =>
        TypeMismatch($"expected {KindName.Of(expected)}, found nothing");

    private InvalidModuleException FirstMismatch(ReadOnlySpan<ValueKind> actual, ReadOnlySpan<ValueKind> expected)
    {
        int index = 0;
        while (actual[index] == expected[index] || actual[index] == Unknown)
        {
            index++;
        }

        return Mismatch(expected[index], actual[index]);
    }

    // Only an untyped select pushes an unknown, and only where all its operands were missing: at the floor.
    private static bool MatchesAboveUnknown(ReadOnlySpan<ValueKind> actual, ReadOnlySpan<ValueKind> expected) =>
        actual[0] == Unknown && actual[1..].SequenceEqual(expected[1..]);

    // A call of two bytes can push 1,000 values, so the height needs a limit of its own.
    private void Reserve(int more)
    {
        int needed = Count + more;
        if (needed > limit)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.Operands), limit, needed, Offset);
        }

        if (needed > _kinds.Length)
        {
            Array.Resize(ref _kinds, Math.Max(needed, 2 * _kinds.Length));
        }
    }
}
