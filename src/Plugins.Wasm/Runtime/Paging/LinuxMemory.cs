using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages of Linux.</summary>
internal sealed unsafe partial class LinuxMemory : UnixMemory
{
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePage = 14;

    protected override int MapFlags => 0x20 | 0x4000;

    /// <summary>Of x64; where they are larger, less is made accessible ahead than would be of use.</summary>
    public override ulong LargePageBytes => 2 << 20;

    // Refused where the system is built without them, which makes no difference then.
    public override void PreferLargePages(byte* start, nuint bytes) => _ = Advise(start, bytes, AdviseHugePage);

    public override bool Decommit(byte* start, nuint bytes)
    {
        if (!Discard(start, bytes))
        {
            return false;
        }

        // Empty either way: refused for want of room for one more mapping, they stay accessible.
        _ = Protect(start, bytes, ProtectNone);
        return true;
    }

    // Refused for pages that are locked in memory. Mapping anew could not be: a failure may leave a hole.
    public override bool Discard(byte* start, nuint bytes) => Advise(start, bytes, AdviseDontNeed) == 0;

    public override bool TryGetResidency(byte* start, Span<byte> pages)
    {
        fixed (byte* vector = pages)
        {
            return InCore(start, (nuint)pages.Length * (nuint)Environment.SystemPageSize, vector) == 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InCore(byte* address, nuint bytes, byte* vector);
}
