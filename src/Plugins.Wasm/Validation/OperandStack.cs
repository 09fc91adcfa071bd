using System.Runtime.CompilerServices;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Validation;

/// <summary>The types on the operand stack; below the floor of the innermost block nothing can be popped.</summary>
/// <remarks>
/// After an unconditional branch the stack is polymorphic: at its floor it yields whatever is asked for. Whole lists
/// of types are compared as spans, so that a branch over 1,000 values costs no more than a few others.
/// WebAssembly 2.0, appendix A.3 (validation algorithm).
/// </remarks>
internal sealed class OperandStack(int limit, ModuleTypes types)
{
    /// <summary>The type of a value that a polymorphic stack yielded.</summary>
    public const ValueCode Unknown = default;

    // Lists up to this length are handled value by value.
    private const int Few = 16;

    private ValueCode[] _codes = new ValueCode[1024];
    private int _floor;
    private bool _isPolymorphic;

    public int Count { get; private set; }

    /// <summary>The height of the stack that nothing can be popped from.</summary>
    public int Floor => _floor;

    /// <summary>The types on the stack, with what is above it up to <see cref="Room"/>.</summary>
    public ValueCode[] Codes => _codes;

    /// <summary>How high the stack may grow without a check here.</summary>
    public int Room => Math.Min(_codes.Length, limit);

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

    /// <summary>Takes over what was pushed and popped in <see cref="Codes"/>.</summary>
    public void MoveTo(int count) => Count = count;

    public void Push(ValueCode code)
    {
        if (Count == _codes.Length || Count >= limit)
        {
            Reserve(1);
        }

        _codes[Count++] = code;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(ValueCode[] codes)
    {
        if (codes.Length > 0)
        {
            PushAll(codes);
        }
    }

    /// <summary>Pops values of these types, the last one first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pop(ValueCode[] expected)
    {
        if (expected.Length > 0)
        {
            PopAll(expected);
        }
    }

    private void PushAll(ValueCode[] codes)
    {
        Reserve(codes.Length);
        if (codes.Length > Few)
        {
            codes.CopyTo(_codes.AsSpan(Count));
        }
        else
        {
            for (int i = 0; i < codes.Length; i++)
            {
                _codes[Count + i] = codes[i];
            }
        }

        Count += codes.Length;
    }

    public void Push(ValueKind number) => Push((ValueCode)number);

    /// <summary>Pops a value of any type.</summary>
    public ValueCode Pop()
    {
        if (Count > _floor)
        {
            return _codes[--Count];
        }

        return _isPolymorphic ? Unknown : throw TypeMismatch("a value is missing");
    }

    /// <summary>Takes a reference of any type; one that is unknown has all of them.</summary>
    public ValueCode PopReference()
    {
        ValueCode code = Pop();
        return code == Unknown ? ValueCode.BottomRef
            : code.IsReference ? code
            : throw TypeMismatch("a reference is required");
    }

    public void Pop(ValueKind number) => Pop((ValueCode)number);

    /// <summary>Pops a value of one type.</summary>
    public void Pop(ValueCode expected)
    {
        if (Count == _floor && _isPolymorphic)
        {
            return;
        }

        ValueCode actual = Count > _floor ? _codes[--Count] : throw Missing(expected);
        if (actual != expected && !types.Matches(actual, expected))
        {
            throw Mismatch(expected, actual);
        }
    }

    private void PopAll(ValueCode[] expected)
    {
        if (!AreFewOnTop(expected))
        {
            CheckAll(expected);
        }

        Count -= Math.Min(expected.Length, Count - _floor);
    }

    /// <summary>Requires that values of these types could be popped, and leaves them as they are.</summary>
    public void Check(ValueCode[] expected)
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

    public InvalidModuleException Mismatch(ValueCode expected, ValueCode actual) =>
        TypeMismatch($"expected {expected.Text}, found {actual.Text}");

    public InvalidModuleException TypeMismatch(string detail) => new($"type mismatch: {detail}", Offset);

    private InvalidModuleException Missing(ValueCode expected) =>
        TypeMismatch($"expected {expected.Text}, found nothing");

    private InvalidModuleException FirstMismatch(ReadOnlySpan<ValueCode> actual, ReadOnlySpan<ValueCode> expected)
    {
        int index = 0;
        while (types.Matches(actual[index], expected[index]))
        {
            index++;
        }

        return Mismatch(expected[index], actual[index]);
    }

    private void CheckAll(ValueCode[] expected)
    {
        int present = Math.Min(expected.Length, Count - _floor);
        if (present < expected.Length && !_isPolymorphic)
        {
            throw Missing(expected[expected.Length - present - 1]);
        }

        ReadOnlySpan<ValueCode> actual = _codes.AsSpan(Count - present, present);
        ReadOnlySpan<ValueCode> known = expected.AsSpan(expected.Length - present);
        if (!actual.SequenceEqual(known) && !MatchesAll(actual, known))
        {
            throw FirstMismatch(actual, known);
        }
    }

    // Nearly every list is short and right. It is not worth the calls that compare long ones, nor, in the first module
    // of a process, their compilation.
    private bool AreFewOnTop(ValueCode[] expected)
    {
        int start = Count - expected.Length;
        if (start < _floor || expected.Length > Few)
        {
            return false;
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (_codes[start + i] != expected[i])
            {
                return false;
            }
        }

        return true;
    }

    // Most types are equal, and those that only match tend to be many of one pair.
    private bool MatchesAll(ReadOnlySpan<ValueCode> actual, ReadOnlySpan<ValueCode> expected)
    {
        ValueCode matchedActual = Unknown;
        ValueCode matchedExpected = Unknown;
        int equal;
        for (int i = 0; i < actual.Length; i += equal + 1)
        {
            equal = actual[i..].CommonPrefixLength(expected[i..]);
            if (i + equal == actual.Length)
            {
                break;
            }

            ValueCode one = actual[i + equal];
            ValueCode other = expected[i + equal];
            if (one == matchedActual && other == matchedExpected)
            {
                continue;
            }

            if (!types.Matches(one, other))
            {
                return false;
            }

            matchedActual = one;
            matchedExpected = other;
        }

        return true;
    }

    // A call of two bytes can push 1,000 values, so the height needs a limit of its own.
    private void Reserve(int more)
    {
        int needed = Count + more;
        if (needed > limit)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.Operands), limit, needed, Offset);
        }

        if (needed > _codes.Length)
        {
            ValueCode[] larger = new ValueCode[Math.Max(needed, 2 * _codes.Length)];
            Array.Copy(_codes, larger, Count);
            _codes = larger;
        }
    }
}
