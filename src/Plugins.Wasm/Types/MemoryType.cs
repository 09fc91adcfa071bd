namespace Plugins.Wasm.Types;

/// <summary>The type of a linear memory.</summary>
/// <remarks>Immutable and safe for use by many threads. WebAssembly 3.0, section 2.3.14.</remarks>
public sealed class MemoryType : ExternType
{
    /// <summary>The size of ordinary pages, in bytes.</summary>
    internal const int OrdinaryPageBytes = 65_536;

    /// <summary>Describes a memory of <paramref name="limits"/> pages.</summary>
    /// <param name="limits">Its size in pages.</param>
    /// <param name="address">The type of its addresses, <c>i32</c> or <c>i64</c>.</param>
    /// <param name="pageBytes">The size of a page: 65,536 or 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such addresses or pages.</exception>
    public MemoryType(Limits limits, ValueKind address = ValueKind.I32, int pageBytes = OrdinaryPageBytes)
    {
        ThrowIfNoAddress(address);
        if (pageBytes is not (1 or OrdinaryPageBytes))
        {
            throw new ArgumentOutOfRangeException(nameof(pageBytes), pageBytes, "A page has 1 or 65,536 bytes.");
        }

        Limits = limits;
        Address = address;
        PageBytes = pageBytes;
    }

    /// <summary>Its size in pages.</summary>
    public Limits Limits { get; }

    /// <summary>The type of its addresses, sizes and offsets: <c>i32</c> or <c>i64</c>.</summary>
    public ValueKind Address { get; }

    /// <summary>The size of a page in bytes.</summary>
    /// <value>65,536, or 1 in a memory with pages of its own.</value>
    public int PageBytes { get; }

    /// <inheritdoc/>
    public override ExternKind Kind => ExternKind.Memory;

    /// <summary>Whether its addresses have 64 bits, or its limits are written as only such a memory's may be.</summary>
    internal bool NeedsMemory64 => Address == ValueKind.I64 || HasLongLimits;

    /// <summary>Whether its limits are written with more bytes than numbers of 32 bits may have.</summary>
    internal bool HasLongLimits { get; init; }

    /// <summary>Whether the module states a page size, be it the ordinary one.</summary>
    internal bool StatesPageSize { get; init; }

    /// <summary>The most pages that its addresses reach.</summary>
    internal ulong MostPages => Address == ValueKind.I32
        ? Math.Min(uint.MaxValue, (1UL << 32) / (uint)PageBytes)
        : PageBytes == OrdinaryPageBytes ? 1UL << 48 : ulong.MaxValue;

    /// <summary>The ordinary pages that bytes fill or begin, by which limits count.</summary>
    internal static ulong PagesOf(ulong bytes) =>
        (bytes / OrdinaryPageBytes) + (bytes % OrdinaryPageBytes == 0 ? 0u : 1u);

    /// <summary>The bytes that a number of pages has; the largest number where that is too large for one.</summary>
    internal ulong BytesOf(ulong pages) =>
        pages <= ulong.MaxValue / (uint)PageBytes ? pages * (uint)PageBytes : ulong.MaxValue;

    /// <inheritdoc/>
    public override string ToString()
    {
        string pages = PageBytes == OrdinaryPageBytes ? "" : $" of {PageBytes} B";
        return $"memory {(Address == ValueKind.I64 ? "i64 " : "")}{Limits}{pages}";
    }

    internal static void ThrowIfNoAddress(ValueKind address)
    {
        if (address is not (ValueKind.I32 or ValueKind.I64))
        {
            throw new ArgumentOutOfRangeException(nameof(address), address, "Addresses are i32 or i64.");
        }
    }
}
