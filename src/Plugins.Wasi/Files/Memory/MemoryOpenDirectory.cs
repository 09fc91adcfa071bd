namespace Plugins.Wasi.Files.Memory;

/// <summary>An open directory in memory. Answers are those of Linux.</summary>
internal sealed partial class MemoryOpenDirectory(MemoryFileSystem system, MemoryDirectoryNode node) : OpenDirectory
{
    public override void Dispose()
    {
    }

    internal override FileError Stat(out FileStat stat)
    {
        lock (system.Gate)
        {
            stat = node.Stat();
            return FileError.None;
        }
    }

    internal override FileError SetTimes(TimeChange accessed, TimeChange modified) =>
        system.SetTimes(node, accessed, modified);

    internal override FileError Sync(bool dataOnly) => FileError.None;

    internal override FileError Open(string path, in OpenRequest request, out OpenNode? opened)
    {
        opened = null;
        lock (system.Gate)
        {
            var following = request.Follows ? LinkFollowing.Always : LinkFollowing.WithSlash;
            var error = Resolve(path, following, out var target);
            if (error != FileError.None)
            {
                return error;
            }

            var found = Find(target);
            if (found is null)
            {
                return request.Creates ? Create(target, request, out opened) : FileError.NoEntry;
            }

            return request is { Creates: true, IsExclusive: true }
                ? FileError.Exists
                : Open(found, target, request, out opened);
        }
    }

    internal override FileError CreateDirectory(string path)
    {
        lock (system.Gate)
        {
            var error = Free(path, mayEndAsDirectory: true, out var target);
            if (error == FileError.None)
            {
                var made = new MemoryDirectoryNode(system.NextInode(), system.Now)
                {
                    Parent = target.Parent, Links = 2,
                };
                target.Parent.Links++;
                Add(target, made);
            }

            return error;
        }
    }

    internal override FileError StatAt(string path, bool follows, out FileStat stat)
    {
        lock (system.Gate)
        {
            var error = FindAt(path, follows, out var found);
            stat = error == FileError.None ? found!.Stat() : default; // There wherever there is no error.
            return error;
        }
    }

    internal override FileError SetTimesAt(string path, bool follows, TimeChange accessed, TimeChange modified)
    {
        lock (system.Gate)
        {
            var error = FindAt(path, follows, out var found);
            return error == FileError.None ? system.SetTimes(found!, accessed, modified) : error;
        }
    }

    internal override FileError Link(string path, OpenDirectory target, string targetPath)
    {
        if (target is not MemoryOpenDirectory other || other.System != system)
        {
            return FileError.CrossDevice;
        }

        lock (system.Gate)
        {
            var error = FindAt(path, follows: false, out var found);
            if (error != FileError.None)
            {
                return error;
            }

            error = other.Free(targetPath, mayEndAsDirectory: false, out var place);
            if (error == FileError.None && found is MemoryDirectoryNode)
            {
                return FileError.NotPermitted;
            }

            if (error == FileError.None)
            {
                found!.Links++;
                found.Changed = system.Now;
                other.Add(place, found);
            }

            return error;
        }
    }

    internal override FileError CreateSymbolicLink(string contents, string path)
    {
        lock (system.Gate)
        {
            var error = Free(path, mayEndAsDirectory: false, out var target);
            if (error == FileError.None)
            {
                var made = new MemoryLinkNode(system.NextInode(), system.Now, contents);
                error = system.ReserveBytes(made.Size);
                if (error == FileError.None)
                {
                    Add(target, made);
                }
            }

            return error;
        }
    }

    internal override FileError ReadLink(string path, out string contents)
    {
        contents = string.Empty;
        lock (system.Gate)
        {
            var error = FindAt(path, follows: false, out var found);
            if (error != FileError.None)
            {
                return error;
            }

            contents = (found as MemoryLinkNode)?.Contents ?? string.Empty;
            return found is MemoryLinkNode ? FileError.None : FileError.Invalid;
        }
    }

    internal override FileError RemoveDirectory(string path)
    {
        lock (system.Gate)
        {
            var error = Resolve(path, LinkFollowing.Never, out var target);
            if (error != FileError.None)
            {
                return error;
            }

            return (Find(target), target.Name) switch
            {
                (_, ".") => FileError.Invalid,
                (null, _) => FileError.NoEntry,
                (MemoryDirectoryNode { Entries.Count: > 0 }, _) => FileError.NotEmpty,
                (MemoryDirectoryNode found, _) => Remove(target, found),
                _ => FileError.NotDirectory,
            };
        }
    }

    internal override FileError RemoveFile(string path)
    {
        lock (system.Gate)
        {
            var error = Resolve(path, LinkFollowing.Never, out var target);
            if (error != FileError.None)
            {
                return error;
            }

            return Find(target) switch
            {
                null => FileError.NoEntry,
                MemoryDirectoryNode => FileError.IsDirectory,
                _ when target.EndsAsDirectory => FileError.NotDirectory,
                var found => Remove(target, found),
            };
        }
    }

    internal override FileError List(int maximum, out IReadOnlyList<DirectoryEntry> entries)
    {
        lock (system.Gate)
        {
            entries = node.Entries.Count > maximum
                ? []
                : [.. node.Entries.Select(entry => new DirectoryEntry(entry.Key, entry.Value.Kind, entry.Value.Inode))];
            return node.Entries.Count > maximum ? FileError.Overflow : FileError.None;
        }
    }

    private MemoryFileSystem System => system;

    private static MemoryNode? Find(in PathTarget<MemoryDirectoryNode> target) =>
        target.Name == "." ? target.Parent : target.Parent.Entries.GetValueOrDefault(target.Name);

    private FileError Resolve(string path, LinkFollowing following, out PathTarget<MemoryDirectoryNode> target) =>
        PathWalk<MemoryDirectoryNode>.Resolve(MemoryPathNodes.Instance, node, path, following, out target);

    private FileError FindAt(string path, bool follows, out MemoryNode? found)
    {
        found = null;
        var error = Resolve(path, follows ? LinkFollowing.Always : LinkFollowing.WithSlash, out var target);
        if (error != FileError.None)
        {
            return error;
        }

        found = Find(target);
        return found is null ? FileError.NoEntry
            : target.EndsAsDirectory && found is not MemoryDirectoryNode ? FileError.NotDirectory
            : FileError.None;
    }

    private FileError Free(string path, bool mayEndAsDirectory, out PathTarget<MemoryDirectoryNode> target)
    {
        var error = Resolve(path, LinkFollowing.Never, out target);
        return error != FileError.None ? error
            : Find(target) is not null ? FileError.Exists
            : target.EndsAsDirectory && !mayEndAsDirectory ? FileError.NoEntry
            : target.Parent.IsRemoved ? FileError.NoEntry
            : FileError.None;
    }

    private FileError Create(
        in PathTarget<MemoryDirectoryNode> target, in OpenRequest request, out OpenNode? opened)
    {
        opened = null;
        if (target.EndsAsDirectory || target.Parent.IsRemoved)
        {
            return target.EndsAsDirectory ? FileError.IsDirectory : FileError.NoEntry;
        }

        var made = new MemoryFileNode(system.NextInode(), system.Now);
        Add(target, made);
        opened = new MemoryOpenFile(system, made, request);
        return FileError.None;
    }

    private FileError Open(
        MemoryNode found, in PathTarget<MemoryDirectoryNode> target, in OpenRequest request, out OpenNode? opened)
    {
        opened = null;
        switch (found)
        {
            case MemoryDirectoryNode when request.OpensForWriting:
                return FileError.IsDirectory;
            case MemoryDirectoryNode directory:
                opened = new MemoryOpenDirectory(system, directory);
                return FileError.None;
            case MemoryLinkNode:
                return FileError.Loop;
            case MemoryFileNode file when !request.WantsDirectory && !target.EndsAsDirectory:
                if (request.Truncates)
                {
                    _ = system.Resize(file, 0);
                }

                opened = new MemoryOpenFile(system, file, request);
                return FileError.None;
            default:
                return FileError.NotDirectory;
        }
    }

    private void Add(in PathTarget<MemoryDirectoryNode> target, MemoryNode added)
    {
        target.Parent.Entries[target.Name] = added;
        target.Parent.Touch(system.Now);
    }

    private FileError Remove(in PathTarget<MemoryDirectoryNode> target, MemoryNode removed)
    {
        target.Parent.Entries.Remove(target.Name);
        target.Parent.Touch(system.Now);
        removed.Links--;
        removed.Changed = system.Now;
        if (removed is MemoryDirectoryNode directory)
        {
            directory.IsRemoved = true;
            directory.Parent = null;
            directory.Links = 0;
            target.Parent.Links--;
        }

        system.ReleaseIfGone(removed);
        return FileError.None;
    }
}
