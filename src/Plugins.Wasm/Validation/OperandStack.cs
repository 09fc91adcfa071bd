using System.Runtime.CompilerServices;
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

    // Lists up to this length are handled value by value.
    private const int Few = 16;

    private ValueKind[] _kinds = new ValueKind[1024];
    private int _floor;
    private bool _isPolymorphic;

    public int Count { get; private set; }

    /// <summary>The height of the stack that nothing can be popped from.</summary>
    public int Floor => _floor;

    /// <summary>The types on the stack, with what is above it up to <see cref="Room"/>.</summary>
    public ValueKind[] Kinds => _kinds;

    /// <summary>How high the stack may grow without a check here.</summary>
    public int Room => Math.Min(_kinds.Length, limit);

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

    /// <summary>Takes over what was pushed and popped in <see cref="Kinds"/>.</summary>
    public void MoveTo(int count) => Count = count;

    public void Push(ValueKind kind)
    {
        if (Count == _kinds.Length || Count >= limit)
        {
            Reserve(1);
        }

        _kinds[Count++] = kind;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(ValueKind[] kinds)
    {
        if (kinds.Length > 0)
        {
            PushAll(kinds);
        }
    }

    /// <summary>Pops values of these types, the last one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pop(ValueKind[] expected)
    {
        if (expected.Length > 0)
        {
            PopAll(expected);
        }
    }

    private void PushAll(ValueKind[] kinds)
    {
        Reserve(kinds.Length);
        if (kinds.Length > Few)
        {
            kinds.CopyTo(_kinds.AsSpan(Count));
        }
        else
        {
            for (int i = 0; i < kinds.Length; i++)
            {
                _kinds[Count + i] = kinds[i];
            }
        }

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

    private void PopAll(ValueKind[] expected)
    {
        if (!AreFewOnTop(expected))
        {
            CheckAll(expected);
        }

        Count -= Math.Min(expected.Length, Count - _floor);
    }

    /// <summary>Requires that values of these types could be popped, and leaves them as they are.</summary>
    public void Check(ValueKind[] expected)
    {
        if (!AreFewOnTop(expected))
        {
            CheckAll(expected);
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

    private void CheckAll(ValueKind[] expected)
    {
        int present = Math.Min(expected.Length, Count - _floor);
        if (present < expected.Length && !_isPolymorphic)
        {
            throw Missing(expected[expected.Length - present - 1]);
        }

        ReadOnlySpan<ValueKind> actual = _kinds.AsSpan(Count - present, present);
        ReadOnlySpan<ValueKind> known = expected.AsSpan(expected.Length - present);
        if (!actual.SequenceEqual(known) && !MatchesAboveUnknown(actual, known))
        {
            throw FirstMismatch(actual, known);
        }
    }

    // Nearly every list is short and right. It is not worth the calls that compare long ones, nor, in the first module
    // of a process, their compilation.
    private bool AreFewOnTop(ValueKind[] expected)
    {
        int start = Count - expected.Length;
        if (start < _floor || expected.Length > Few)
        {
            return false;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (_kinds[start + i] != expected[i])
            {
                return false;
            }
        }

        return true;
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
            ValueKind[] larger = new ValueKind[Math.Max(needed, 2 * _kinds.Length)];
            Array.Copy(_kinds, larger, Count);
            _kinds = larger;
        }
    }
}
