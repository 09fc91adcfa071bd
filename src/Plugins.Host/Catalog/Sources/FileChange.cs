using System.Runtime.InteropServices;

namespace Plugins.Host.Catalog.Sources;

/// <summary>Which file it is, and when anything of it was changed, which no tool can set back.</summary>
/// <param name="Number">The inode, or where that is not told the time that the file was made.</param>
/// <param name="Seconds">The time of the last change of content or status.</param>
/// <param name="Nanoseconds">The rest of that time.</param>
/// <remarks>Size and time of a file are copied by tools that keep times; these are not.</remarks>
internal readonly partial record struct FileChange(ulong Number, long Seconds, uint Nanoseconds)
{
    /// <summary>The change of a file that there is.</summary>
    internal static FileChange Of(FileInfo file)
    {
        const int currentFolder = -100;
        const uint numberAndChange = 0x100 | 0x80;
        try
        {
            if (OperatingSystem.IsLinux()
                && StatX(currentFolder, file.FullName, 0, numberAndChange, out var status) == 0)
            {
                return new FileChange(status.Number, status.ChangedSeconds, status.ChangedNanoseconds);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A library of the system that is older than the call, of 2018.
        }

        return new FileChange((ulong)file.CreationTimeUtc.Ticks, 0, 0);
    }

    /// <summary>struct statx, the same on every architecture: statx(2).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private readonly struct LinuxStatus
    {
        [FieldOffset(32)]
        internal readonly ulong Number;

        [FieldOffset(96)]
        internal readonly long ChangedSeconds;

        [FieldOffset(104)]
        internal readonly uint ChangedNanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out LinuxStatus status);
}
