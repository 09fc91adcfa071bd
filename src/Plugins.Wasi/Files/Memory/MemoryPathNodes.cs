namespace Plugins.Wasi.Files.Memory;

/// <summary>The steps of a walk in memory.</summary>
internal sealed class MemoryPathNodes : IPathNodes<MemoryDirectoryNode>
{
    internal static MemoryPathNodes Instance { get; } = new();

    public FileError Enter(MemoryDirectoryNode parent, string name, out MemoryDirectoryNode? child)
    {
        child = parent.Entries.GetValueOrDefault(name) as MemoryDirectoryNode;
        return child is not null ? FileError.None
            : parent.Entries.ContainsKey(name) ? FileError.NotDirectory
            : FileError.NoEntry;
    }

    public FileError ReadLink(MemoryDirectoryNode parent, string name, out string? contents)
    {
        contents = (parent.Entries.GetValueOrDefault(name) as MemoryLinkNode)?.Contents;
        return FileError.None;
    }

    public void Leave(MemoryDirectoryNode directory)
    {
    }
}
