using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A linear memory: bytes that a guest and its host share.</summary>
/// <remarks>
/// Owned by its <see cref="Store"/>, released with it, and used by one thread at a time. WebAssembly 2.0, section
/// 4.2.8.
/// </remarks>
public sealed unsafe class LinearMemory
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 65_536;

    private const uint AddressablePages = 65_536;
    private const uint LargestHeapPages = 16;

    // Compiled code reads these two; see Runtime/RuntimeMembers.
    internal byte* Base;
    internal ulong Length;

    private readonly Store _store;
    private readonly Limits _limits;
    private MemoryBlock? _block;

    /// <summary>Makes a memory of the type's minimum size, all zero.</summary>
    /// <exception cref="StoreLimitException">The store's limit on pages, or the system, does not admit it.</exception>
    public LinearMemory(Store store, MemoryType type)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        _store = store;
        _limits = type.Limits;
        uint pages = _limits.Minimum;
        if (pages > AddressablePages || !store.TryTakePages(pages))
        {
            throw NoRoomFor(pages);
        }

        Length = (ulong)pages * PageBytes;
        _block = Allocate(Length, Length);
        if (_block is null)
        {
            store.ReturnPages(pages);
            throw new StoreLimitException("system memory", 0, (long)Length);
        }

        Base = _block.Start;
        store.Own(this);
    }

    /// <summary>Its type, with the current size as the minimum.</summary>
    /// <remarks>WebAssembly 2.0, section 4.5.1 (external typing).</remarks>
    public MemoryType Type => new(_limits with { Minimum = PageCount });

    /// <summary>Its size in pages of 64 KiB.</summary>
    public uint PageCount => (uint)(Length / PageBytes);

    /// <summary>Its size in bytes.</summary>
    public ulong ByteLength => Length;

    internal Store OwnerStore => _store;

    /// <summary>The bytes from <paramref name="address"/>, <paramref name="length"/> of them.</summary>
    /// <remarks>Valid until the guest runs again, the memory grows, or the store is disposed.</remarks>
    /// <exception cref="TrapException">The range is not whole inside the memory.</exception>
    public Span<byte> GetSpan(uint address, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return TryGetSpan(address, (uint)length, out Span<byte> span)
            ? span
            : throw new TrapException(TrapKind.OutOfBoundsMemoryAccess);
    }

    /// <summary>
    /// The bytes from <paramref name="address"/>, or false where the range is not whole inside the memory.
    /// </summary>
    /// <remarks>Lengths above <see cref="int.MaxValue"/> are refused too, as no span is that long.</remarks>
    public bool TryGetSpan(uint address, uint length, out Span<byte> span)
    {
        if ((ulong)address + length > Length || length > int.MaxValue)
        {
            span = default;
            return false;
        }

        span = new Span<byte>(Base + address, (int)length);
        return true;
    }

    /// <summary>Adds zeroed pages.</summary>
    /// <returns>The size before in pages, or -1 where a limit or the system refuses.</returns>
    /// <remarks>WebAssembly 2.0, section 4.5.3.10 (growing memories).</remarks>
    public int Grow(uint pages) => Grow(pages, interruptible: null);

    /// <summary>Adds zeroed pages for a guest.</summary>
    /// <exception cref="TrapException">An interrupt is requested; the memory is what it was.</exception>
    internal int GrowForGuest(uint pages)
    {
        _store.ThrowIfInterrupted();
        return Grow(pages, _store);
    }

    /// <summary>Whether growth by that much is within the limits.</summary>
    internal bool MayGrow(uint pages)
    {
        uint maximum = Math.Min(_limits.Maximum ?? AddressablePages, AddressablePages);
        return (ulong)PageCount + pages <= maximum;
    }

    /// <summary>Adds pages that an earlier state had.</summary>
    /// <exception cref="StoreLimitException">
    /// The store's limit on pages, or the system, does not admit them.
    /// </exception>
    internal void GrowBack(uint pages)
    {
        if (!TryGrow(pages, interruptible: null))
        {
            throw NoRoomFor(pages);
        }
    }

    /// <summary>Gives back what growth added; <see cref="MemoryBlock.Shrink"/>.</summary>
    internal void ShrinkTo(ulong length, ref ulong mayKeep)
    {
        if (length < Length && _block is not null)
        {
            _block.Shrink(Length, length, ref mayKeep);
            _store.ReturnPages((uint)((Length - length) / PageBytes));
            Length = length;
        }
    }

    /// <summary>Makes bytes zero; <see cref="MemoryBlock.Zero"/>.</summary>
    internal void Zero(ulong start, ulong count, ref ulong mayKeep)
    {
        if (count > 0)
        {
            _block!.Zero(start, count, ref mayKeep);
        }
    }

    /// <summary>Frees the bytes; every access traps from then on.</summary>
    internal void Release()
    {
        Length = 0;
        Base = null;
        _block?.Free();
        _block = null;
    }

    private int Grow(uint pages, Store? interruptible)
    {
        uint before = PageCount;
        if (TryGrow(pages, interruptible))
        {
            return (int)before;
        }

        _store.CountRefusedMemoryGrowth();
        return -1;
    }

    private bool TryGrow(uint pages, Store? interruptible)
    {
        if (_block is null || !MayGrow(pages) || !_store.TryTakePages(pages))
        {
            return false;
        }

        bool isDone = false;
        try
        {
            ulong length = Length + ((ulong)pages * PageBytes);
            isDone = length > _block.Capacity
                ? TryMove(length, interruptible)
                : _block.TryExtend(Length, length, interruptible);
            Length = isDone ? length : Length;
            return isDone;
        }
        finally
        {
            if (!isDone)
            {
                _store.ReturnPages(pages);
            }
        }
    }

    private bool TryMove(ulong length, Store? interruptible)
    {
        // Twice the size, so that growing page by page copies every byte only a few times.
        ulong ceiling = (ulong)Math.Min(_limits.Maximum ?? AddressablePages, AddressablePages) * PageBytes;
        if (!TryAllocate(length, Math.Min(length * 2, ceiling), out MemoryBlock? larger))
        {
            return false;
        }

        try
        {
            ChunkedWork.Copy(interruptible, Base, larger.Start, Length);
        }
        catch (TrapException)
        {
            larger.Free();
            throw;
        }

        _store.Retire(_block!);
        _block = larger;
        Base = larger.Start;
        return true;
    }

    private bool TryAllocate(ulong length, ulong capacity, [NotNullWhen(true)] out MemoryBlock? block)
    {
        block = Allocate(length, capacity);
        return block is not null;
    }

    private MemoryBlock? Allocate(ulong length, ulong capacity)
    {
        MemoryBacking backing = _store.Options.MemoryBacking;
        bool isSmall = length <= (ulong)LargestHeapPages * PageBytes;
        bool reserves = backing == MemoryBacking.Reserved || (backing == MemoryBacking.Automatic && !isSmall);
        MemoryBlock? reserved = reserves ? ReservedBlock.TryReserve(_store.VirtualMemory, length) : null;
        return reserved ?? PortableBlock.TryAllocate(length, capacity);
    }

    private StoreLimitException NoRoomFor(uint pages) => new(
        nameof(StoreOptions.MemoryPages), _store.Options.MemoryPages, (long)_store.MemoryPages + pages);
}
