using System.Runtime.InteropServices;

namespace Plugins.Wasm.Runtime;

/// <summary>Address space from the operating system: its own library on Unix, kernel32 on Windows.</summary>
internal static unsafe partial class VirtualMemory
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivate = 2;

    private const uint WindowsCommit = 0x1000;
    private const uint WindowsReserve = 0x2000;
    private const uint WindowsDecommit = 0x4000;
    private const uint WindowsRelease = 0x8000;
    private const uint WindowsNoAccess = 0x01;
    private const uint WindowsReadWrite = 0x04;

    private static readonly bool s_isUnix = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    private static int MapAnonymousNoReserve => OperatingSystem.IsMacOS() ? 0x1000 | 0x40 : 0x20 | 0x4000;

    /// <summary>Inaccessible address space; null where the system refuses or is not one of those known here.</summary>
    public static byte* Reserve(ulong length)
    {
        var bytes = (nuint)length;
        if (s_isUnix)
        {
            byte* start = Map(null, bytes, ProtectNone, MapPrivate | MapAnonymousNoReserve, -1, 0);
            return start == (byte*)-1 ? null : start;
        }

        return OperatingSystem.IsWindows() ? VirtualAlloc(null, bytes, WindowsReserve, WindowsNoAccess) : null;
    }

    /// <summary>Makes reserved bytes readable, writable and zero.</summary>
    public static bool Commit(byte* start, nuint bytes) =>
        s_isUnix
            ? Protect(start, bytes, ProtectReadWrite) == 0
            : VirtualAlloc(start, bytes, WindowsCommit, WindowsReadWrite) is not null;

    /// <summary>Makes bytes inaccessible again and forgets their contents.</summary>
    public static void Decommit(byte* start, nuint bytes)
    {
        if (!s_isUnix)
        {
            _ = VirtualFree(start, bytes, WindowsDecommit);
            return;
        }

        // Mapping anew is the one way that discards the contents on every Unix.
        const int MapFixed = 0x10;
        _ = Map(start, bytes, ProtectNone, MapPrivate | MapFixed | MapAnonymousNoReserve, -1, 0);
    }

    public static void Release(byte* start, ulong bytes)
    {
        if (s_isUnix)
        {
            _ = Unmap(start, (nuint)bytes);
        }
        else
        {
            _ = VirtualFree(start, 0, WindowsRelease);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(byte* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(byte* address, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* address, nuint bytes);

    [LibraryImport("kernel32", EntryPoint = "VirtualAlloc")]
    private static partial byte* VirtualAlloc(byte* address, nuint bytes, uint kind, uint protection);

    [LibraryImport("kernel32", EntryPoint = "VirtualFree")]
    private static partial int VirtualFree(byte* address, nuint bytes, uint kind);
}
