namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Address space and its pages, as the operating system gives them out.</summary>
/// <remarks>
/// Whoever takes pages back has to know whether that worked: pages that were not taken still hold what a guest wrote.
/// </remarks>
internal abstract unsafe class VirtualMemory
{
    private PageSlots? _slots;

    /// <summary>That of the system this runs on.</summary>
    public static VirtualMemory System { get; } =
        OperatingSystem.IsLinux() ? new LinuxMemory()
        : OperatingSystem.IsMacOS() ? new MacMemory()
        : OperatingSystem.IsWindows() ? new WindowsMemory()
        : new NoMemory();

    /// <summary>
    /// What the system may give out at once in accessible memory that has this alignment; 0 where it does not, or where
    /// accessible memory costs something before it is touched.
    /// </summary>
    public virtual ulong LargePageBytes => 0;

    /// <summary>Places for small memories, where pages cost nothing: <see cref="LargePageBytes"/>.</summary>
    public PageSlots Slots => _slots ?? Interlocked.CompareExchange(ref _slots, new PageSlots(this), null) ?? _slots;

    /// <summary>Inaccessible address space; null where the system refuses or is not one of those known here.</summary>
    public abstract byte* Reserve(ulong length);

    /// <summary>Makes reserved pages readable, writable and zero; false where there are none.</summary>
    /// <remarks>Pages that were accessible before keep what is in them.</remarks>
    public abstract bool Commit(byte* start, nuint bytes);

    /// <summary>Says that pages are likely to be used together, so that large ones pay.</summary>
    public virtual void PreferLargePages(byte* start, nuint bytes)
    {
    }

    /// <summary>Makes pages inaccessible and forgets their contents.</summary>
    /// <returns>False where the system refuses; they are then accessible, with what is in them.</returns>
    /// <exception cref="StoreLimitException">The range was lost and may not be touched again.</exception>
    public abstract bool Decommit(byte* start, nuint bytes);

    /// <summary>Forgets the contents of pages, which stay accessible and read zero.</summary>
    /// <inheritdoc cref="Decommit" path="/returns|/exception"/>
    public abstract bool Discard(byte* start, nuint bytes);

    /// <summary>Which pages are in memory: the lowest bit of one byte for each.</summary>
    /// <returns>False where the system does not tell.</returns>
    /// <remarks>A page that is not may still have contents, which the system has moved elsewhere.</remarks>
    public abstract bool TryGetResidency(byte* start, Span<byte> pages);

    /// <summary>Finds the pages that have contents, wherever these are; all others of the range read zero.</summary>
    /// <param name="start">The first byte, of a page.</param>
    /// <param name="bytes">The range; pages.</param>
    /// <param name="runs">Where they are noted, in ascending order.</param>
    /// <param name="most">How many there is room for.</param>
    /// <param name="found">How many were noted.</param>
    /// <returns>Bytes of the range that were looked at; 0 where the system does not tell.</returns>
    public virtual nuint FindContents(byte* start, nuint bytes, PageRun* runs, int most, out int found)
    {
        found = 0;
        return 0;
    }

    /// <summary>Gives the address space back.</summary>
    public abstract void Release(byte* start, ulong bytes);

    protected static StoreLimitException Lost(nuint bytes) => new("system memory", 0, (long)bytes);
}
