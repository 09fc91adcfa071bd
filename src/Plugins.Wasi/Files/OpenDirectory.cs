namespace Plugins.Wasi.Files;

/// <summary>An open directory. Paths are relative to it and never lead out of it; links cannot either.</summary>
/// <remarks>
/// Whoever calls has checked that a path is not empty, not absolute, free of zero bytes and not too long. The other
/// directory of a link or a renaming may be of another file system.
/// </remarks>
internal abstract class OpenDirectory : OpenNode
{
    internal abstract FileError Open(string path, in OpenRequest request, out OpenNode? node);

    internal abstract FileError CreateDirectory(string path);

    internal abstract FileError StatAt(string path, bool follows, out FileStat stat);

    internal abstract FileError SetTimesAt(string path, bool follows, TimeChange accessed, TimeChange modified);

    /// <summary>Makes a hard link; of a symbolic link, to itself.</summary>
    internal abstract FileError Link(string path, OpenDirectory target, string targetPath);

    internal abstract FileError Rename(string path, OpenDirectory target, string targetPath);

    internal abstract FileError CreateSymbolicLink(string contents, string path);

    internal abstract FileError ReadLink(string path, out string contents);

    internal abstract FileError RemoveDirectory(string path);

    internal abstract FileError RemoveFile(string path);

    /// <summary>All entries but <c>.</c> and <c>..</c>, as of now.</summary>
    internal abstract FileError List(int maximum, out IReadOnlyList<DirectoryEntry> entries);
}
