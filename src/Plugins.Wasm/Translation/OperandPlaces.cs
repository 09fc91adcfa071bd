using Plugins.Wasm.Types;

namespace Plugins.Wasm.Translation;

/// <summary>Where the values of the operand stack are while a function is translated.</summary>
/// <remarks>
/// Each position has a slot of its own, above the locals. A value need not be there: one read from a local may still be
/// in the local's slot, and a constant in none.
/// </remarks>
internal sealed class OperandPlaces
{
    /// <summary>The place of a constant.</summary>
    public const int Constant = -1;

    private readonly int[] _aliases;
    private readonly int _first;
    private ValueKind[] _kinds = new ValueKind[16];
    private int[] _places = new int[16];
    private ulong[] _bits = new ulong[16];

    /// <param name="locals">The number of slots of locals.</param>
    public OperandPlaces(int locals)
    {
        _first = locals;
        _aliases = new int[locals];
    }

    public int Count { get; private set; }

    /// <summary>The most slots that were needed so far, those of locals among them.</summary>
    public int Slots => _first + Deepest;

    private int Deepest { get; set; }

    public int SlotOf(int position) => _first + position;

    /// <summary>Pushes a value that is in the slot of its own.</summary>
    /// <returns>The slot.</returns>
    public int Push(ValueKind kind)
    {
        int slot = SlotOf(Count);
        Push(kind, slot, bits: 0);
        return slot;
    }

    public void PushConstant(ValueKind kind, ulong bits) => Push(kind, Constant, bits);

    public void PushLocal(ValueKind kind, int slot) => Push(kind, slot, bits: 0);

    /// <summary>Pushes a value that was just popped, as one of another type with the same bits.</summary>
    public void PushAgain(ValueKind kind, Operand operand) => Push(kind, operand.Place, operand.Bits);

    public Operand Pop()
    {
        Operand operand = this[Count - 1];
        Forget(operand.Place);
        Count--;
        return operand;
    }

    public Operand this[int position] =>
        new(_kinds[position], _places[position], _bits[position], SlotOf(position));

    public void PopTo(int height)
    {
        while (Count > height)
        {
            Forget(_places[--Count]);
        }
    }

    /// <summary>Whether a value on the stack is still in a local's slot.</summary>
    public bool HasAliasOf(int slot) => _aliases[slot] > 0;

    /// <summary>Says that the value at a position is now in the slot of its own.</summary>
    public void Settle(int position)
    {
        Forget(_places[position]);
        _places[position] = SlotOf(position);
    }

    private void Push(ValueKind kind, int place, ulong bits)
    {
        if (Count == _kinds.Length)
        {
            Array.Resize(ref _kinds, 2 * Count);
            Array.Resize(ref _places, 2 * Count);
            Array.Resize(ref _bits, 2 * Count);
        }

        _kinds[Count] = kind;
        _places[Count] = place;
        _bits[Count] = bits;
        if ((uint)place < (uint)_first)
        {
            _aliases[place]++;
        }

        Count++;
        Deepest = Math.Max(Deepest, Count);
    }

    private void Forget(int place)
    {
        if ((uint)place < (uint)_first)
        {
            _aliases[place]--;
        }
    }
}
