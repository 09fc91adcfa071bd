using System.Diagnostics.CodeAnalysis;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Memories;
using Plugins.Wasm.Runtime.Paging;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A linear memory: bytes that a guest and its host share.</summary>
/// <remarks>
/// Owned by its <see cref="Store"/>, released with it, and used by one thread at a time. WebAssembly 2.0, section
/// 4.2.8.
/// </remarks>
public sealed unsafe class LinearMemory
{
    /// <summary>Bytes of an ordinary page, by which limits count.</summary>
    public const int PageBytes = MemoryType.OrdinaryPageBytes;

    private const uint LargestHeapPages = 16;

    // So that a call which comes meanwhile waits for no longer than the system takes to run another thread.
    private const ulong MostPacked = 1 << 20;

    // More than any system has, and far from where sums of addresses would overflow.
    private const ulong MostBytes = 1UL << 46;

    // Compiled code reads these two; see Runtime/RuntimeMembers.
    internal byte* Base;
    internal ulong Length;

    private readonly Store _store;
    private readonly MemoryType _type;
    private MemoryBlock? _block;
    private PackedMemory? _packed;

    /// <summary>Makes a memory of the type's minimum size, all zero.</summary>
    /// <exception cref="StoreLimitException">The store's limit on pages, or the system, does not admit it.</exception>
    public LinearMemory(Store store, MemoryType type)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(type);
        _store = store;
        _type = type;
        ulong bytes = type.BytesOf(type.Limits.Minimum);
        if (bytes > CeilingBytes || !store.TryTakeBytes(bytes))
        {
            throw NoRoomFor(bytes);
        }

        Length = bytes;
        _block = Allocate(Length, Length);
        if (_block is null)
        {
            store.ReturnBytes(bytes);
            throw new StoreLimitException("system memory", 0, (long)Length);
        }

        Base = _block.Start;
        store.Own(this);
    }

    /// <summary>Its type, with the current size as the minimum.</summary>
    /// <remarks>WebAssembly 2.0, section 4.5.1 (external typing).</remarks>
    public MemoryType Type => new(_type.Limits with { Minimum = PageCount }, _type.Address, _type.PageBytes);

    /// <summary>Its size in pages of its own type, which have 64 KiB unless it says otherwise.</summary>
    public ulong PageCount => Length / (uint)_type.PageBytes;

    /// <summary>Its size in bytes.</summary>
    public ulong ByteLength => Length;

    internal Store OwnerStore => _store;

    internal ulong BytesOf(ulong pages) => _type.BytesOf(pages);

    internal bool Has64Bits => _type.Address == ValueKind.I64;

    /// <summary>What its type and this engine let it grow to.</summary>
    private ulong CeilingBytes =>
        Math.Min(_type.BytesOf(Math.Min(_type.Limits.Maximum ?? ulong.MaxValue, _type.MostPages)), MostBytes);

    /// <summary>The bytes from <paramref name="address"/>, <paramref name="length"/> of them.</summary>
    /// <remarks>Valid until the guest runs again, the memory grows, or the store is disposed.</remarks>
    /// <exception cref="TrapException">The range is not whole inside the memory.</exception>
    public Span<byte> GetSpan(ulong address, int length)
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
    public bool TryGetSpan(ulong address, ulong length, out Span<byte> span)
    {
        if (length > Length || address > Length - length || length > int.MaxValue)
        {
            span = default;
            return false;
        }

        Unpack();

        span = new Span<byte>(Base + address, (int)length);
        return true;
    }

    /// <summary>Adds zeroed pages.</summary>
    /// <returns>The size before in pages, or -1 where a limit or the system refuses.</returns>
    /// <remarks>WebAssembly 2.0, section 4.5.3.10 (growing memories).</remarks>
    public long Grow(ulong pages) => Grow(pages, interruptible: null);

    /// <summary>Adds zeroed pages for a guest.</summary>
    /// <exception cref="TrapException">An interrupt is requested; the memory is what it was.</exception>
    internal long GrowForGuest(ulong pages)
    {
        _store.ThrowIfInterrupted();
        return Grow(pages, _store);
    }

    /// <summary>Whether growth by that many pages is within the limits.</summary>
    internal bool MayGrow(ulong pages) => MayGrowBy(_type.BytesOf(pages));

    /// <summary>Adds bytes that an earlier state had.</summary>
    /// <exception cref="StoreLimitException">
    /// The store's limit on pages, or the system, does not admit them.
    /// </exception>
    internal void GrowBack(ulong bytes)
    {
        if (!TryGrow(bytes, interruptible: null))
        {
            throw NoRoomFor(bytes);
        }
    }

    /// <summary>Gives back what growth added; <see cref="MemoryBlock.Shrink"/>.</summary>
    internal void ShrinkTo(ulong length, ref ulong mayKeep)
    {
        if (length < Length && _block is not null)
        {
            _block.Shrink(Length, length, ref mayKeep);
            _store.ReturnBytes(Length - length);
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

    /// <summary>Where it may not be zero; <see cref="MemoryBlock.FindContents"/>.</summary>
    internal List<MemoryRun>? FindContents(ulong most) => _block?.FindContents(Length, most);

    /// <summary>Keeps the contents elsewhere, in less room, until <see cref="Unpack"/>.</summary>
    /// <param name="image">What most of them are likely to be; kept as long.</param>
    /// <returns>False where there is nothing to gain.</returns>
    internal bool TryPack(MemoryImage? image)
    {
        if (_packed is not null || FindContents(MostPacked) is not { Count: > 0 } contents)
        {
            return false;
        }

        MemoryImage? near = image is not null && image.FitsInto(Length) ? image : null;
        if (PackedMemory.TryPack(this, near, contents) is not { } packed)
        {
            return false;
        }

        if (!_block!.TryDiscard())
        {
            // Some of it may be gone.
            packed.Unpack(this);
            return false;
        }

        _packed = packed;
        return true;
    }

    /// <summary>Brings the contents back where they were packed.</summary>
    internal void Unpack()
    {
        if (_packed is { } packed)
        {
            _packed = null;
            packed.Unpack(this);
        }
    }

    /// <summary>Leaves it zero where it was packed, as other contents are about to take the place of its own.</summary>
    internal void ForgetPacked() => _packed = null;

    /// <summary>Frees the bytes; every access traps from then on.</summary>
    internal void Release()
    {
        Length = 0;
        Base = null;
        _packed = null;
        _block?.Free();
        _block = null;
    }

    private bool MayGrowBy(ulong bytes) => Length <= CeilingBytes && bytes <= CeilingBytes - Length;

    private long Grow(ulong pages, Store? interruptible)
    {
        ulong before = PageCount;
        Unpack();
        if (TryGrow(_type.BytesOf(pages), interruptible))
        {
            return (long)before;
        }

        _store.CountRefusedMemoryGrowth();
        return -1;
    }

    private bool TryGrow(ulong bytes, Store? interruptible)
    {
        if (_block is null || !MayGrowBy(bytes) || !_store.TryTakeBytes(bytes))
        {
            return false;
        }

        bool isDone = false;
        try
        {
            ulong length = Length + bytes;
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
                _store.ReturnBytes(bytes);
            }
        }
    }

    private bool TryMove(ulong length, Store? interruptible)
    {
        // Twice the size, so that growing page by page copies every byte only a few times.
        if (!TryAllocate(length, Math.Min(length * 2, CeilingBytes), out MemoryBlock? larger))
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

        // The system's pages are larger than those of a byte.
        VirtualMemory system = _store.VirtualMemory;
        MemoryBlock? paged = _type.PageBytes != PageBytes || backing == MemoryBacking.Portable ? null
            : backing == MemoryBacking.Reserved || !isSmall ? ReservedBlock.TryReserve(system, length)
            : system.LargePageBytes > 0 ? SlotBlock.TryTake(system, length)
            : null;
        return paged ?? PortableBlock.TryAllocate(length, capacity);
    }

    private StoreLimitException NoRoomFor(ulong bytes)
    {
        ulong pages = MemoryType.PagesOf(bytes) + _store.MemoryPages;
        return new StoreLimitException(nameof(StoreOptions.MemoryPages), _store.Options.MemoryPages, (long)pages);
    }
}
