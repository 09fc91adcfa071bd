using System.Text;

namespace Plugins.Wasi.Files;

/// <summary>A directory as a guest has it. What is opened through it has its rights and shares its quota.</summary>
internal sealed class GrantedDirectory(
    OpenDirectory directory, bool isReadOnly, QuotaUse quota, bool isPreopened, bool reads = true)
    : GrantedNode(directory, isReadOnly, quota)
{
    /// <summary>Whether it says of itself that it can be listed.</summary>
    internal bool Reads { get; } = reads;

    public override void Dispose()
    {
        base.Dispose();
        if (!isPreopened)
        {
            Quota.Close();
        }
    }

    internal FileError Open(string path, in OpenRequest request, out GrantedNode? node)
    {
        node = null;
        if (IsReadOnly && request.OpensForWriting)
        {
            return FileError.NotPermitted;
        }

        if (request.WantsDirectory && (request.Creates || request.IsExclusive || request.Truncates))
        {
            return FileError.Invalid;
        }

        var error = Check(path);
        if (error == FileError.None && !Quota.CanOpen)
        {
            error = FileError.TooManyOpen;
        }

        // Whether it will be a new one is known too late.
        if (error == FileError.None && request.Creates && !Quota.HasEntries)
        {
            error = FileError.Quota;
        }

        if (error != FileError.None)
        {
            return error;
        }

        var isNew = request.Creates && directory.StatAt(path, request.Follows, out _) == FileError.NoEntry;
        error = directory.Open(path, request, out var opened);
        if (error != FileError.None)
        {
            return error;
        }

        Quota.Open();
        if (isNew)
        {
            Quota.TakeEntry();
        }

        node = opened is OpenFile file
            ? new GrantedFile(file, request, IsReadOnly, Quota)
            : new GrantedDirectory(
                (OpenDirectory)opened!, IsReadOnly, Quota, isPreopened: false, request.OpensForReading);
        return FileError.None;
    }

    internal FileError CreateDirectory(string path) =>
        Making(path) is var error && error != FileError.None ? error : Made(directory.CreateDirectory(path));

    internal FileError StatAt(string path, bool follows, out FileStat stat)
    {
        stat = default;
        return Check(path) is var error && error != FileError.None ? error : directory.StatAt(path, follows, out stat);
    }

    internal FileError SetTimesAt(string path, bool follows, TimeChange accessed, TimeChange modified) =>
        Changing(path) is var error && error != FileError.None
            ? error
            : directory.SetTimesAt(path, follows, accessed, modified);

    internal FileError Link(string path, GrantedDirectory target, string targetPath)
    {
        var error = Changing(path);
        if (error == FileError.None)
        {
            error = target.Making(targetPath);
        }

        return error != FileError.None ? error : Made(directory.Link(path, target.Opened, targetPath));
    }

    internal FileError Rename(string path, GrantedDirectory target, string targetPath)
    {
        var error = Changing(path);
        if (error == FileError.None)
        {
            error = target.Changing(targetPath);
        }

        return error != FileError.None ? error : directory.Rename(path, target.Opened, targetPath);
    }

    /// <summary>Links to absolute paths are not made, as none would be followed.</summary>
    internal FileError CreateSymbolicLink(string contents, string path)
    {
        var error = Making(path);
        if (error == FileError.None)
        {
            error = Check(contents);
        }

        return error != FileError.None ? error : Made(directory.CreateSymbolicLink(contents, path));
    }

    /// <summary>Absolute contents would tell of the host.</summary>
    internal FileError ReadLink(string path, out string contents)
    {
        contents = string.Empty;
        var error = Check(path);
        if (error == FileError.None)
        {
            error = directory.ReadLink(path, out contents);
        }

        return error == FileError.None && PathParts.IsAbsolute(contents) ? FileError.NotPermitted : error;
    }

    internal FileError RemoveDirectory(string path) =>
        Changing(path) is var error && error != FileError.None ? error : directory.RemoveDirectory(path);

    internal FileError RemoveFile(string path) =>
        Changing(path) is var error && error != FileError.None ? error : directory.RemoveFile(path);

    internal FileError List(out IReadOnlyList<DirectoryEntry> entries) =>
        directory.List(Quota.ListedEntries, out entries);

    private OpenDirectory Opened => directory;

    private FileError Changing(string path) => IsReadOnly ? FileError.NotPermitted : Check(path);

    private FileError Making(string path)
    {
        var error = Changing(path);
        return error == FileError.None && !Quota.HasEntries ? FileError.Quota : error;
    }

    private FileError Made(FileError result)
    {
        if (result == FileError.None)
        {
            Quota.TakeEntry();
        }

        return result;
    }

    private FileError Check(string path) =>
        path.Length == 0 ? FileError.NoEntry
        : path.Length > Quota.PathBytes || Encoding.UTF8.GetByteCount(path) > Quota.PathBytes ? FileError.NameTooLong
        : path.Contains('\0', StringComparison.Ordinal) ? FileError.Invalid
        : PathParts.IsAbsolute(path) ? FileError.NotPermitted
        : FileError.None;
}
