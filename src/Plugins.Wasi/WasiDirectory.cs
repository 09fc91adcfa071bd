using Plugins.Wasi.Files;
using Plugins.Wasi.Files.Host;

namespace Plugins.Wasi;

/// <summary>A directory that guests are given under a path of theirs.</summary>
/// <remarks>Immutable and safe for use by many threads. Opened anew for each guest; nothing to dispose.</remarks>
public sealed class WasiDirectory
{
    private readonly Func<OpenDirectory> _open;

    private WasiDirectory(string guestPath, bool isReadOnly, Func<OpenDirectory> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(guestPath);
        GuestPath = guestPath;
        IsReadOnly = isReadOnly;
        _open = open;
    }

    /// <summary>The path under which the guest knows it, such as <c>/data</c>.</summary>
    public string GuestPath { get; }

    /// <summary>True if nothing in it may be changed.</summary>
    public bool IsReadOnly { get; }

    /// <summary>True where directories of the host can be given: on Linux, on x64 and arm64.</summary>
    public static bool SupportsHost => LinuxFlags.IsSupported;

    /// <summary>Gives a directory of the host and all that is in it; links cannot lead out of it.</summary>
    /// <param name="guestPath">The path under which the guest knows it.</param>
    /// <param name="hostPath">The directory. It is opened for each guest, links in this path followed.</param>
    /// <param name="isReadOnly">True if nothing in it may be changed.</param>
    /// <exception cref="PlatformNotSupportedException"><see cref="SupportsHost"/> is false.</exception>
    public static WasiDirectory OfHost(string guestPath, string hostPath, bool isReadOnly = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostPath);
        if (!SupportsHost)
        {
            throw new PlatformNotSupportedException("Directories of the host can be given on Linux only.");
        }

        var path = Path.GetFullPath(hostPath);
        return new WasiDirectory(guestPath, isReadOnly, () =>
        {
            var error = LinuxDirectory.OpenHere(path, out var directory);
            return directory ?? throw new DirectoryNotFoundException($"{path}: {error}.");
        });
    }

    /// <summary>Gives a file system in memory, which all guests that are given it share.</summary>
    /// <param name="guestPath">The path under which the guest knows it.</param>
    /// <param name="files">The file system.</param>
    /// <param name="isReadOnly">True if nothing in it may be changed.</param>
    public static WasiDirectory OfMemory(string guestPath, MemoryFileSystem files, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(files);
        return new WasiDirectory(guestPath, isReadOnly, files.OpenRoot);
    }

    /// <summary>Gives each guest an empty directory in memory, which ends with its call or session.</summary>
    /// <param name="guestPath">The path under which the guest knows it.</param>
    /// <param name="capacity">Maximum number of bytes in all its files; 16 MiB by default.</param>
    public static WasiDirectory OfScratch(string guestPath, long capacity = 16L << 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        return new WasiDirectory(guestPath, isReadOnly: false, () => new MemoryFileSystem(capacity).OpenRoot());
    }

    /// <summary>The same directory, of which nothing may be changed.</summary>
    public WasiDirectory AsReadOnly() => IsReadOnly ? this : new WasiDirectory(GuestPath, isReadOnly: true, _open);

    internal OpenDirectory Open() => _open();
}
