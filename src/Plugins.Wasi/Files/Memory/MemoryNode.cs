namespace Plugins.Wasi.Files.Memory;

/// <summary>A file, directory or link in memory. The file system's lock guards all of it.</summary>
internal abstract class MemoryNode(ulong inode, ulong now)
{
    internal abstract NodeKind Kind { get; }

    internal abstract ulong Size { get; }

    internal ulong Inode { get; } = inode;

    internal ulong Links { get; set; } = 1;

    internal ulong Accessed { get; set; } = now;

    internal ulong Modified { get; set; } = now;

    internal ulong Changed { get; set; } = now;

    internal FileStat Stat() => new(Kind, Inode, Links, Size, Accessed, Modified, Changed);

    internal void Touch(ulong now)
    {
        Modified = now;
        Changed = now;
    }
}
