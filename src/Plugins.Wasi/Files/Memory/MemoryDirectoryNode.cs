namespace Plugins.Wasi.Files.Memory;

internal sealed class MemoryDirectoryNode(ulong inode, ulong now) : MemoryNode(inode, now)
{
    internal override NodeKind Kind => NodeKind.Directory;

    internal override ulong Size => 0;

    /// <summary>Null for the root, and once it was removed.</summary>
    internal MemoryDirectoryNode? Parent { get; set; }

    internal bool IsRemoved { get; set; }

    internal SortedDictionary<string, MemoryNode> Entries { get; } = new(StringComparer.Ordinal);
}
