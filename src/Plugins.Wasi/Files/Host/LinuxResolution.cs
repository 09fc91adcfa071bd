using Microsoft.Win32.SafeHandles;

namespace Plugins.Wasi.Files.Host;

/// <summary>Finds where paths lead, beneath a directory: by the kernel, or by a walk where it cannot.</summary>
internal static class LinuxResolution
{
    internal static FileError Resolve(
        SafeFileHandle start, string path, LinkFollowing following, out LinuxTarget target)
    {
        if (LinuxHandle.HasOpenBeneath && TryResolve(start, path, following, out var error, out target))
        {
            return error;
        }

        error = PathWalk<SafeFileHandle>.Resolve(LinuxPathNodes.Instance, start, path, following, out var end);
        target = error == FileError.None
            ? new LinuxTarget(end.Parent, !ReferenceEquals(end.Parent, start), end.Name, end.EndsAsDirectory)
            : default;
        return error;
    }

    /// <summary>Lets the kernel find the directory of the last name, again for each link that name is.</summary>
    private static bool TryResolve(
        SafeFileHandle start, string path, LinkFollowing following, out FileError error, out LinuxTarget target)
    {
        target = default;
        error = FileError.Loop;
        var endsAsDirectory = PathParts.EndsAsDirectory(path);
        for (var links = 0; links <= PathParts.MaximumLinks; links++)
        {
            var (parentPath, name) = SplitLast(path);
            if (!TryOpenParent(start, parentPath, out error, out var parent))
            {
                return false;
            }

            if (error != FileError.None)
            {
                return true;
            }

            target = new LinuxTarget(parent, parentPath.Length > 0, name, endsAsDirectory);
            error = ReadLink(target, following, out var contents);
            if (error == FileError.None && contents is null)
            {
                return true;
            }

            target.Dispose();
            target = default;
            if (error != FileError.None)
            {
                return true;
            }

            endsAsDirectory |= PathParts.EndsAsDirectory(contents!); // There wherever there is no error.
            path = parentPath.Length > 0 ? $"{parentPath}/{contents}" : contents!;
            error = FileError.Loop;
        }

        return true;
    }

    private static bool TryOpenParent(
        SafeFileHandle start, string path, out FileError error, out SafeFileHandle parent)
    {
        parent = start;
        error = FileError.None;
        if (path.Length == 0)
        {
            return true;
        }

        var isTried = LinuxHandle.TryOpenBeneath(start, path, out error, out var opened);
        parent = opened ?? start;
        return isTried;
    }

    private static FileError ReadLink(in LinuxTarget target, LinkFollowing following, out string? contents)
    {
        contents = null;
        var follows = following == LinkFollowing.Always
            || (following == LinkFollowing.WithSlash && target.EndsAsDirectory);
        if (!follows || target.Name == ".")
        {
            return FileError.None;
        }

        var error = LinuxPathNodes.Instance.ReadLink(target.Handle, target.Name, out contents);
        return error == FileError.None && contents is not null && PathParts.IsAbsolute(contents)
            ? FileError.NotPermitted
            : error;
    }

    private static (string Parent, string Name) SplitLast(string path)
    {
        var trimmed = path.TrimEnd('/');
        var slash = trimmed.LastIndexOf('/');
        var name = trimmed[(slash + 1)..];
        return PathParts.IsDots(name) ? (trimmed == "." ? string.Empty : trimmed, ".")
            : slash < 0 ? (string.Empty, name)
            : (trimmed[..slash], name);
    }
}
