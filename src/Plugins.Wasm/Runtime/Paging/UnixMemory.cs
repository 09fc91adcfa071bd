using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime.Paging;

/// <summary>What the pages of all Unix systems have in common.</summary>
internal abstract unsafe partial class UnixMemory : VirtualMemory
{
    protected const int ProtectNone = 0;
    protected const int ProtectReadWrite = 3;
    private const int MapPrivate = 2;

    /// <summary>Anonymous, and without a reserve of swap space.</summary>
    protected abstract int MapFlags { get; }

    public override byte* Reserve(ulong length)
    {
        byte* start = Map(null, (nuint)length, ProtectNone);
        return start == (byte*)-1 ? null : start;
    }

    public override bool Commit(byte* start, nuint bytes) => Protect(start, bytes, ProtectReadWrite);

    public override void Release(byte* start, ulong bytes) => _ = Unmap(start, (nuint)bytes);

    protected static bool Protect(byte* start, nuint bytes, int protection) =>
        MemoryProtect(start, bytes, protection) == 0;

    protected byte* Map(byte* address, nuint bytes, int protection, int flags = 0) =>
        MemoryMap(address, bytes, protection, MapPrivate | MapFlags | flags, -1, 0);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* MemoryMap(
        byte* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int MemoryProtect(byte* address, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* address, nuint bytes);
}
