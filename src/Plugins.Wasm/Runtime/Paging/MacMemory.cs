using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Pages of macOS, where mapping anew is the one way that is sure to discard contents.</summary>
internal sealed unsafe partial class MacMemory : VirtualMemory
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymousNoReserve = 0x2 | 0x1000 | 0x40;
    private const int MapFixed = 0x10;

    public override byte* Reserve(ulong length)
    {
        byte* start = Map(null, (nuint)length, ProtectNone, MapPrivateAnonymousNoReserve, -1, 0);
        return start == (byte*)-1 ? null : start;
    }

    public override bool Commit(byte* start, nuint bytes) => Protect(start, bytes, ProtectReadWrite) == 0;

    public override bool Decommit(byte* start, nuint bytes) => MapAnew(start, bytes, ProtectNone);

    public override bool Discard(byte* start, nuint bytes) => MapAnew(start, bytes, ProtectReadWrite);

    public override bool TryGetResidency(byte* start, Span<byte> pages) => false;

    public override void Release(byte* start, ulong bytes) => _ = Unmap(start, (nuint)bytes);

    private static bool MapAnew(byte* start, nuint bytes, int protection)
    {
        const int Flags = MapPrivateAnonymousNoReserve | MapFixed;
        return Map(start, bytes, protection, Flags, -1, 0) == start ? true : throw Lost(bytes);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(byte* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(byte* address, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* address, nuint bytes);
}
