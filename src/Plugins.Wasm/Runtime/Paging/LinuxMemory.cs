using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages of Linux.</summary>
internal sealed unsafe partial class LinuxMemory : VirtualMemory
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;
    private const int AdviseDontNeed = 4;

    public override byte* Reserve(ulong length)
    {
        byte* start = Map(null, (nuint)length, ProtectNone, MapPrivateAnonymousNoReserve, -1, 0);
        return start == (byte*)-1 ? null : start;
    }

    public override bool Commit(byte* start, nuint bytes) => Protect(start, bytes, ProtectReadWrite) == 0;

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

    public override void Release(byte* start, ulong bytes) => _ = Unmap(start, (nuint)bytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(byte* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(byte* address, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "mincore")]
    private static partial int InCore(byte* address, nuint bytes, byte* vector);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* address, nuint bytes);
}
