using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Native;

/// <summary>Asks the system whether it would hand out address space.</summary>
/// <remarks>Wasmtime ends the process when it cannot reserve what an engine needs, so that is tried first.</remarks>
internal static unsafe partial class AddressSpace
{
    private const int ProtectNone = 0;
    private const int MapPrivate = 2;
    private const uint WindowsReserve = 0x2000;
    private const uint WindowsRelease = 0x8000;
    private const uint WindowsNoAccess = 0x01;

    internal static bool CanReserve(ulong bytes)
    {
        if (bytes > (ulong)nint.MaxValue)
        {
            return false;
        }

        if (OperatingSystem.IsWindows())
        {
            var reserved = VirtualAlloc(null, (nuint)bytes, WindowsReserve, WindowsNoAccess);
            return reserved is not null && VirtualFree(reserved, 0, WindowsRelease) != 0;
        }

        var flags = MapPrivate | (OperatingSystem.IsMacOS() ? 0x1000 | 0x40 : 0x20 | 0x4000);
        var start = Map(null, (nuint)bytes, ProtectNone, flags, -1, 0);
        return start != (void*)-1 && Unmap(start, (nuint)bytes) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint bytes);

    [LibraryImport("kernel32", EntryPoint = "VirtualAlloc")]
    private static partial void* VirtualAlloc(void* address, nuint bytes, uint kind, uint protection);

    [LibraryImport("kernel32", EntryPoint = "VirtualFree")]
    private static partial int VirtualFree(void* address, nuint bytes, uint kind);
}
