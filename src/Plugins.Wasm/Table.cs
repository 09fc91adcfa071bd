using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A table of references.</summary>
/// <remarks>Belongs to its <see cref="Store"/>; used by one thread at a time. WebAssembly 2.0, section 4.2.7.</remarks>
public sealed class Table
{
    private const uint LargestArray = 10_000_000;

    // Compiled code reads these; see Runtime/RuntimeMembers. The array may be longer than the table.
    internal object?[] Elements;
    internal int Count;

    private readonly Store _store;
    private readonly Limits _limits;
    private readonly TableType _type;

    /// <summary>Makes a table of the type's minimum size.</summary>
    /// <exception cref="StoreLimitException">The store's limit on elements does not admit it.</exception>
    /// <exception cref="ArgumentException"><paramref name="initial"/> is not of the element type.</exception>
    public Table(Store store, TableType type, object? initial = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        _store = store;
        _limits = type.Limits;
        _type = type;
        Check(initial);
        if (_limits.Minimum > LargestArray || !store.MayTakeElements((uint)_limits.Minimum))
        {
            throw NoRoomFor(_limits.Minimum);
        }

        uint size = (uint)_limits.Minimum;
        Elements = size == 0 ? [] : new object?[size];
        Count = (int)size;
        store.TakeElements(size);
        if (initial is not null)
        {
            Array.Fill(Elements, initial);
        }
    }

    /// <summary>Its type, with the current size as the minimum.</summary>
    /// <remarks>WebAssembly 2.0, section 4.5.1 (external typing).</remarks>
    public TableType Type => new(_type.Code, _type.Definition, _limits with { Minimum = Size }, _type.Address);

    /// <summary>Its size in elements.</summary>
    public uint Size => (uint)Count;

    internal Store OwnerStore => _store;

    internal bool Has64Bits => _type.Address == ValueKind.I64;

    /// <summary>One element.</summary>
    /// <exception cref="TrapException">The index is past the end.</exception>
    /// <exception cref="ArgumentException">The value set is not of the element type.</exception>
    public object? this[uint index]
    {
        get => index < Size ? Elements[index] : throw new TrapException(TrapKind.OutOfBoundsTableAccess);
        set
        {
            Check(value);
            if (index >= Size)
            {
                throw new TrapException(TrapKind.OutOfBoundsTableAccess);
            }

            Elements[index] = value;
        }
    }

    /// <summary>Adds elements.</summary>
    /// <returns>The size before, or -1 where a limit refuses.</returns>
    /// <exception cref="ArgumentException"><paramref name="initial"/> is not of the element type.</exception>
    /// <remarks>WebAssembly 2.0, section 4.5.3.9 (growing tables).</remarks>
    public int Grow(ulong elements, object? initial = null)
    {
        Check(initial);
        return Grow(elements, initial, interruptible: null);
    }

    /// <summary>Adds elements of the right type, for a guest unless no store is given.</summary>
    /// <exception cref="TrapException">An interrupt is requested; the table is what it was.</exception>
    internal int Grow(ulong elements, object? initial, Store? interruptible)
    {
        interruptible?.ThrowIfInterrupted();
        uint before = Size;
        if (!MayGrow(elements) || !_store.MayTakeElements((uint)elements))
        {
            return -1;
        }

        Extend((int)(before + elements), initial, interruptible);
        _store.TakeElements((uint)elements);
        return (int)before;
    }

    /// <summary>True if growth by that much is within the limits of the table itself.</summary>
    internal bool MayGrow(ulong elements)
    {
        ulong most = Math.Min(_limits.Maximum ?? LargestArray, LargestArray);
        return elements <= LargestArray && Size + elements <= most;
    }

    /// <summary>Brings back an earlier state.</summary>
    /// <exception cref="StoreLimitException">The store's limit on elements does not admit it.</exception>
    internal void Restore(object?[] elements)
    {
        _store.ReturnElements((uint)Count);
        if (!_store.MayTakeElements((uint)elements.Length))
        {
            throw NoRoomFor((ulong)elements.Length);
        }

        _store.TakeElements((uint)elements.Length);
        Elements.AsSpan(0, Count).Clear();
        Array.Resize(ref Elements, Math.Max(Elements.Length, elements.Length));
        elements.CopyTo(Elements, 0);
        Count = elements.Length;
    }

    private void Extend(int count, object? initial, Store? interruptible)
    {
        if (count > Elements.Length)
        {
            // Twice the size, so that growing one by one copies every element only a few times.
            Array.Resize(ref Elements, (int)Math.Min(count * 2L, LargestArray));
        }

        if (initial is not null)
        {
            Span<object?> added = Elements.AsSpan(Count..count);
            try
            {
                ChunkedWork.Fill(interruptible, added, initial);
            }
            catch (TrapException)
            {
                // Beyond its elements the array holds null: indirect calls take its length for the table's.
                added.Clear();
                throw;
            }
        }

        Count = count;
    }

    private StoreLimitException NoRoomFor(ulong elements) => new(
        nameof(StoreOptions.TableElements),
        _store.Options.TableElements,
        (long)Math.Min(_store.TableElements + Math.Min(elements, long.MaxValue), long.MaxValue));

    private void Check(object? value)
    {
        if (_type.Element == ValueKind.FuncRef && value is not (null or Function))
        {
            throw new ArgumentException("A funcref table holds functions.", nameof(value));
        }

        if (!ReferenceTypes.Admit(value, _type.Code, _type.Definition))
        {
            throw new ArgumentException($"The table holds {_type.Code.Text}.", nameof(value));
        }

        if (_type.Element is ValueKind.FuncRef or ValueKind.AnyRef)
        {
            Function.ThrowIfForeign(value, _store);
        }
    }
}
