using System.Text;
using Plugins.Wasi.Clocks;
using Plugins.Wasi.Files;
using Plugins.Wasi.Files.Memory;

namespace Plugins.Wasi;

/// <summary>A file system in memory: for tests, and for scratch space that ends with what used it.</summary>
/// <remarks>
/// Answers are those of Linux, links of both kinds included. Safe for use by many threads; guests that are given it
/// share its files. Nothing to dispose.
/// </remarks>
public sealed class MemoryFileSystem
{
    private readonly TimeProvider _time;
    private readonly MemoryDirectoryNode _root;
    private readonly ulong _capacity;
    private ulong _bytes;
    private ulong _lastInode;

    /// <summary>Makes an empty file system.</summary>
    /// <param name="capacity">Maximum number of bytes in all files; more is <c>nospc</c>. 64 MiB by default.</param>
    /// <param name="time">The clock for the times of files; null for the system's.</param>
    public MemoryFileSystem(long capacity = 64L << 20, TimeProvider? time = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        _capacity = (ulong)capacity;
        _time = time ?? TimeProvider.System;
        _root = new MemoryDirectoryNode(NextInode(), Now) { Links = 2 };
    }

    /// <summary>Number of bytes in all files.</summary>
    public long UsedBytes
    {
        get
        {
            lock (Gate)
            {
                return (long)_bytes;
            }
        }
    }

    internal Lock Gate { get; } = new();

    internal ulong Now => UnixTime.Of(_time.GetUtcNow());

    /// <summary>Writes a whole file, and makes the directories above it.</summary>
    /// <param name="path">A relative path, such as <c>data/input.txt</c>.</param>
    /// <param name="contents">The bytes.</param>
    /// <exception cref="IOException">It cannot be written there, or does not fit.</exception>
    public void WriteFile(string path, ReadOnlySpan<byte> contents)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var root = OpenRoot();
        var names = PathParts.Split(path);
        for (var count = 1; count < names.Length; count++)
        {
            Demand(root.CreateDirectory(string.Join('/', names[..count])), path, FileError.Exists);
        }

        var request = new OpenRequest { Creates = true, Truncates = true, Writes = true, Follows = true };
        Demand(root.Open(string.Join('/', names), request, out var node), path);
        using var file = (OpenFile)node!; // Never a directory, as that cannot be written.
        Demand(file.Write(contents, 0, out _), path);
    }

    /// <summary>Writes a whole file of text in UTF-8.</summary>
    /// <inheritdoc cref="WriteFile(string, ReadOnlySpan{byte})"/>
    public void WriteFile(string path, string contents) => WriteFile(path, Encoding.UTF8.GetBytes(contents));

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">A relative path.</param>
    /// <returns>The bytes; null if there is no such file.</returns>
    public byte[]? ReadFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (OpenRoot().Open(path.TrimStart('/'), new OpenRequest { Reads = true, Follows = true }, out var node)
            != FileError.None)
        {
            return null;
        }

        using (node)
        {
            return node is MemoryOpenFile file && file.Stat(out var stat) == FileError.None ? Read(file, stat) : null;
        }
    }

    internal OpenDirectory OpenRoot() => new MemoryOpenDirectory(this, _root);

    internal ulong NextInode() => ++_lastInode;

    internal FileError SetTimes(MemoryNode node, TimeChange accessed, TimeChange modified)
    {
        lock (Gate)
        {
            var now = Now;
            node.Accessed = accessed.Apply(node.Accessed, now);
            node.Modified = modified.Apply(node.Modified, now);
            node.Changed = now;
            return FileError.None;
        }
    }

    /// <summary>Takes room for a file that is to grow.</summary>
    internal FileError Reserve(MemoryFileNode node, ulong size) =>
        size > (ulong)Array.MaxLength ? FileError.TooLarge : ReserveBytes(size - node.Size);

    internal FileError ReserveBytes(ulong growth)
    {
        if (growth > _capacity - _bytes)
        {
            return FileError.NoSpace;
        }

        _bytes += growth;
        return FileError.None;
    }

    internal FileError Resize(MemoryFileNode node, ulong size)
    {
        if (size > node.Size && Reserve(node, size) is var error && error != FileError.None)
        {
            return error;
        }

        _bytes -= size < node.Size ? node.Size - size : 0;
        node.Resize((int)size);
        node.Touch(Now);
        return FileError.None;
    }

    /// <summary>Gives back the room of what has no name and no user left.</summary>
    internal void ReleaseIfGone(MemoryNode node)
    {
        if (node.Links > 0 || node is MemoryFileNode { OpenHandles: > 0 })
        {
            return;
        }

        if (node is MemoryFileNode file)
        {
            _bytes -= file.Size;
            file.Resize(0);
        }
        else if (node is MemoryLinkNode link)
        {
            _bytes -= link.Size;
        }
    }

    private static byte[] Read(MemoryOpenFile file, FileStat stat)
    {
        var bytes = new byte[stat.Size];
        file.Read(bytes, 0, out var count);
        return bytes[..count];
    }

    private static void Demand(FileError error, string path, FileError also = FileError.None)
    {
        if (error != FileError.None && error != also)
        {
            throw new IOException($"{path}: {error}.");
        }
    }
}
