using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

/// <summary>A directory of the host, which nothing that is asked of it leads out of.</summary>
/// <remarks>
/// Each path becomes a handle of the directory that holds its last name, and that name. The kernel opens the directory
/// beneath this one (<c>openat2</c> with <c>RESOLVE_BENEATH</c>); where it cannot, <see cref="PathWalk{T}"/> does.
/// The last step is made by handle and name and follows no link, so that no renaming between the two matters.
/// </remarks>
internal sealed unsafe class LinuxDirectory(SafeFileHandle handle) : OpenDirectory
{
    private SafeFileHandle Handle => handle;

    public override void Dispose() => handle.Dispose();

    /// <summary>Opens a directory of the host by any path.</summary>
    internal static FileError OpenHere(string path, out OpenDirectory? directory)
    {
        var error = LinuxHandle.OpenHere(path, out var opened);
        directory = opened is null ? null : new LinuxDirectory(opened);
        return error;
    }

    internal override FileError Stat(out FileStat stat)
    {
        var error = LinuxHandle.Stat(handle, string.Empty, out var found);
        stat = found.ToStat();
        return error;
    }

    internal override FileError SetTimes(TimeChange accessed, TimeChange modified) =>
        LinuxHandle.SetTimes(handle, accessed, modified);

    internal override FileError Sync(bool dataOnly) => LinuxHandle.Sync(handle, dataOnly);

    internal override FileError Open(string path, in OpenRequest request, out OpenNode? node)
    {
        node = null;
        var error = Resolve(path, Following(request.Follows), out var found);
        using var target = found;
        return error == FileError.None ? LinuxOpening.Open(target, request, out node) : error;
    }

    internal override FileError CreateDirectory(string path)
    {
        var error = Resolve(path, LinkFollowing.Never, out var found);
        using var target = found;
        return error == FileError.None
            ? LinuxHandle.Told(LinuxCalls.CreateDirectory(target.Handle, target.Name, 0x1ff))
            : error;
    }

    internal override FileError StatAt(string path, bool follows, out FileStat stat)
    {
        stat = default;
        var error = Resolve(path, Following(follows), out var found);
        using var target = found;
        if (error != FileError.None)
        {
            return error;
        }

        error = LinuxHandle.Stat(target.Handle, target.Name, out var known);
        if (error == FileError.None)
        {
            stat = known.ToStat();
            error = target.EndsAsDirectory && known.Kind != NodeKind.Directory ? FileError.NotDirectory : error;
        }

        return error;
    }

    internal override FileError SetTimesAt(string path, bool follows, TimeChange accessed, TimeChange modified)
    {
        var error = Resolve(path, Following(follows), out var found);
        using var target = found;
        if (error == FileError.None)
        {
            error = RequireDirectory(target);
        }

        var times = stackalloc LinuxTime[] { LinuxTime.Of(accessed), LinuxTime.Of(modified) };
        return error != FileError.None ? error : LinuxHandle.Told(
            LinuxCalls.SetTimesAt(target.Handle, target.Name, times, LinuxFlags.SymbolicLinkNoFollow));
    }

    internal override FileError Link(string path, OpenDirectory target, string targetPath)
    {
        if (target is not LinuxDirectory other)
        {
            return FileError.CrossDevice;
        }

        var error = Resolve(path, LinkFollowing.WithSlash, out var found);
        using var source = found;
        if (error == FileError.None)
        {
            error = RequireDirectory(source);
        }

        if (error != FileError.None)
        {
            return error;
        }

        error = other.Resolve(targetPath, LinkFollowing.Never, out var free);
        using var place = free;
        return error == FileError.None
            ? LinuxHandle.Told(LinuxCalls.Link(source.Handle, source.Name, place.Handle, place.Text, 0))
            : error;
    }

    internal override FileError Rename(string path, OpenDirectory target, string targetPath)
    {
        if (target is not LinuxDirectory other)
        {
            return FileError.CrossDevice;
        }

        var error = Resolve(path, LinkFollowing.Never, out var found);
        using var source = found;
        if (error != FileError.None)
        {
            return error;
        }

        error = other.Resolve(targetPath, LinkFollowing.Never, out var free);
        using var place = free;
        return error == FileError.None
            ? LinuxHandle.Told(LinuxCalls.Rename(source.Handle, source.Text, place.Handle, place.Text))
            : error;
    }

    internal override FileError CreateSymbolicLink(string contents, string path)
    {
        var error = Resolve(path, LinkFollowing.Never, out var found);
        using var target = found;
        return error == FileError.None
            ? LinuxHandle.Told(LinuxCalls.CreateSymbolicLink(contents, target.Handle, target.Text))
            : error;
    }

    internal override FileError ReadLink(string path, out string contents)
    {
        contents = string.Empty;
        var error = Resolve(path, LinkFollowing.WithSlash, out var found);
        using var target = found;
        if (error != FileError.None)
        {
            return error;
        }

        error = LinuxPathNodes.Instance.ReadLink(target.Handle, target.Name, out var text);
        contents = text ?? string.Empty;
        if (error != FileError.None || text is not null)
        {
            return error;
        }

        error = LinuxHandle.Stat(target.Handle, target.Name, out _);
        return error == FileError.None ? FileError.Invalid : error;
    }

    internal override FileError RemoveDirectory(string path) => Remove(path, LinuxFlags.RemoveDirectory);

    internal override FileError RemoveFile(string path) => Remove(path, 0);

    internal override FileError List(int maximum, out IReadOnlyList<DirectoryEntry> entries)
    {
        entries = [];
        var error = LinuxHandle.OpenName(handle, ".", LinuxFlags.Directory, out var opened);
        using (opened)
        {
            return error == FileError.None ? LinuxListing.Read(opened!, maximum, out entries) : error;
        }
    }

    private static LinkFollowing Following(bool follows) => follows ? LinkFollowing.Always : LinkFollowing.WithSlash;

    private static FileError RequireDirectory(in LinuxTarget target)
    {
        if (!target.EndsAsDirectory || target.Name == ".")
        {
            return FileError.None;
        }

        var error = LinuxHandle.Stat(target.Handle, target.Name, out var stat);
        return error != FileError.None || stat.Kind == NodeKind.Directory ? error : FileError.NotDirectory;
    }

    private FileError Remove(string path, int flags)
    {
        var error = Resolve(path, LinkFollowing.Never, out var found);
        using var target = found;
        return error == FileError.None
            ? LinuxHandle.Told(LinuxCalls.Remove(target.Handle, target.Text, flags))
            : error;
    }

    private FileError Resolve(string path, LinkFollowing following, out LinuxTarget target) =>
        LinuxResolution.Resolve(Handle, path, following, out target);
}
