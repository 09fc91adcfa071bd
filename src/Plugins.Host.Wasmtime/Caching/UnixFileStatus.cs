using System.Runtime.InteropServices;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>What the system says of a path itself, links not followed: kind, permissions and owner.</summary>
/// <remarks>The base library tells a file's mode but not its owner.</remarks>
internal readonly partial record struct UnixFileStatus(uint Owner, int Mode)
{
    private const int KindMask = 0xF000;
    private const int DirectoryKind = 0x4000;
    private const int FileKind = 0x8000;
    private const int OthersMask = 0x3F;

    internal bool IsDirectory => (Mode & KindMask) == DirectoryKind;

    internal bool IsFile => (Mode & KindMask) == FileKind;

    internal bool IsOpenToOthers => (Mode & OthersMask) != 0;

    internal static uint CurrentUser => GetEffectiveUser();

    /// <summary>Null where the system does not tell.</summary>
    internal static UnixFileStatus? Of(string path) =>
        OperatingSystem.IsLinux() ? OfLinux(path)
        : OperatingSystem.IsMacOS() ? OfMac(path)
        : null;

    // struct statx is the same on every architecture: stx_uid is at byte 20, stx_mode at byte 28 (statx(2)).
    private static unsafe UnixFileStatus? OfLinux(string path)
    {
        const int CurrentDirectory = -100;
        const int DoNotFollow = 0x100;
        const uint KindModeAndOwner = 0x1 | 0x2 | 0x8;
        byte* status = stackalloc byte[256];
        return StatX(CurrentDirectory, path, DoNotFollow, KindModeAndOwner, status) == 0
            ? new UnixFileStatus(*(uint*)(status + 20), *(ushort*)(status + 28))
            : null;
    }

    // struct stat with 64-bit inodes: st_mode is at byte 4, st_uid at byte 16 (stat(2)).
    private static unsafe UnixFileStatus? OfMac(string path)
    {
        byte* status = stackalloc byte[256];
        int result = RuntimeInformation.ProcessArchitecture is Architecture.Arm64
            ? LinkStatus(path, status)
            : LinkStatus64(path, status);
        return result == 0 ? new UnixFileStatus(*(uint*)(status + 16), *(ushort*)(status + 4)) : null;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int StatX(int directory, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int LinkStatus(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int LinkStatus64(string path, byte* status);
}
