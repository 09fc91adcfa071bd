namespace Plugins.Wasi.Files.Memory;

internal sealed partial class MemoryOpenDirectory
{
    internal override FileError Rename(string path, OpenDirectory target, string targetPath)
    {
        if (target is not MemoryOpenDirectory other || other.System != system)
        {
            return FileError.CrossDevice;
        }

        lock (system.Gate)
        {
            var error = Resolve(path, LinkFollowing.Never, out var from);
            if (error != FileError.None)
            {
                return error;
            }

            error = other.Resolve(targetPath, LinkFollowing.Never, out var to);
            return error == FileError.None ? Rename(from, to) : error;
        }
    }

    private FileError Rename(in PathTarget<MemoryDirectoryNode> from, in PathTarget<MemoryDirectoryNode> to)
    {
        var moved = Find(from);
        var replaced = Find(to);
        if (from.Name == "." || to.Name == ".")
        {
            return FileError.Busy;
        }

        if (moved is null || to.Parent.IsRemoved)
        {
            return FileError.NoEntry;
        }

        if (moved is not MemoryDirectoryNode && (from.EndsAsDirectory || to.EndsAsDirectory))
        {
            return FileError.NotDirectory;
        }

        if (ReferenceEquals(moved, replaced))
        {
            return FileError.None;
        }

        if (moved is MemoryDirectoryNode directory && IsWithin(to.Parent, directory))
        {
            return FileError.Invalid;
        }

        var conflict = Conflict(moved, replaced);
        if (conflict == FileError.None)
        {
            Move(from, to, moved, replaced);
        }

        return conflict;
    }

    private static FileError Conflict(MemoryNode moved, MemoryNode? replaced) => (moved, replaced) switch
    {
        (_, null) => FileError.None,
        (MemoryDirectoryNode, MemoryDirectoryNode { Entries.Count: > 0 }) => FileError.NotEmpty,
        (MemoryDirectoryNode, MemoryDirectoryNode) => FileError.None,
        (MemoryDirectoryNode, _) => FileError.NotDirectory,
        (_, MemoryDirectoryNode) => FileError.IsDirectory,
        _ => FileError.None,
    };

    private void Move(
        in PathTarget<MemoryDirectoryNode> from,
        in PathTarget<MemoryDirectoryNode> to,
        MemoryNode moved,
        MemoryNode? replaced)
    {
        if (replaced is not null)
        {
            Remove(to, replaced);
        }

        from.Parent.Entries.Remove(from.Name);
        from.Parent.Touch(system.Now);
        if (moved is MemoryDirectoryNode directory)
        {
            from.Parent.Links--;
            to.Parent.Links++;
            directory.Parent = to.Parent;
        }

        moved.Changed = system.Now;
        Add(to, moved);
    }

    private static bool IsWithin(MemoryDirectoryNode inner, MemoryDirectoryNode outer)
    {
        for (var current = inner; current is not null; current = current.Parent)
        {
            if (ReferenceEquals(current, outer))
            {
                return true;
            }
        }

        return false;
    }
}
