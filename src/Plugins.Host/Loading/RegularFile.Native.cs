using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Plugins.Host.Loading;

public static partial class RegularFile
{
    private const int KindMask = 0xF000;
    private const int FolderKind = 0x4000;
    private const int RegularKind = 0x8000;

    // O_NONBLOCK, O_CLOEXEC and O_NOCTTY: asm-generic/fcntl.h, and fcntl.h of macOS. Reading is 0.
    private static int OpenFlags => OperatingSystem.IsLinux() ? 0x800 | 0x80000 | 0x100 : 0x4 | 0x1000000 | 0x20000;

    private enum FileKind
    {
        /// <summary>The system's library does not tell; what cannot be sought is refused in any case.</summary>
        Unknown,

        Regular,
        Folder,
        Other,
    }

    private static FileKind KindOf(SafeFileHandle handle)
    {
        try
        {
            return ModeOf(handle) switch
            {
                null => FileKind.Unknown,
                { } mode when (mode & KindMask) == RegularKind => FileKind.Regular,
                { } mode when (mode & KindMask) == FolderKind => FileKind.Folder,
                _ => FileKind.Other,
            };
        }
        catch (EntryPointNotFoundException)
        {
            return FileKind.Unknown;
        }
    }

    // Of what is open, not of the path, which may lead elsewhere by now.
    private static int? ModeOf(SafeFileHandle handle)
    {
        const int EmptyPath = 0x1000;
        const uint Kind = 0x1;
        if (OperatingSystem.IsLinux())
        {
            return StatX(handle, "", EmptyPath, Kind, out var status) == 0 ? status.Mode : null;
        }

        var isDone = RuntimeInformation.ProcessArchitecture is Architecture.Arm64
            ? Status(handle, out var mac) == 0
            : Status64(handle, out mac) == 0;
        return isDone ? mac.Mode : null;
    }

    /// <summary>struct statx, the same on every architecture: statx(2).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct LinuxStatus
    {
        [FieldOffset(28)]
        internal readonly ushort Mode;
    }

    /// <summary>struct stat with 64-bit inodes, 144 bytes: stat(2).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct MacStatus
    {
        [FieldOffset(4)]
        internal readonly ushort Mode;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenNative(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(
        SafeFileHandle directory, string path, int flags, uint mask, out LinuxStatus status);

    [LibraryImport("libc", EntryPoint = "fstat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status(SafeFileHandle file, out MacStatus status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Status64(SafeFileHandle file, out MacStatus status);
}
