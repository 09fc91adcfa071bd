namespace Plugins.Wasi.Files;

/// <summary>Goes along a path name by name, so that it never leaves the directory it begins in.</summary>
/// <remarks>
/// <c>..</c> returns to the directory that was left, which the walk still holds, and never asks the file system what
/// lies above: renames that race with the walk cannot lead it out. A link is read and its names are walked in turn.
/// </remarks>
internal sealed class PathWalk<T>
    where T : class
{
    private readonly IPathNodes<T> _nodes;
    private readonly List<T> _entered = [];
    private readonly Stack<string> _pending = new();
    private readonly T _start;
    private int _links;

    private PathWalk(IPathNodes<T> nodes, T start)
    {
        _nodes = nodes;
        _start = start;
    }

    private T Current => _entered.Count == 0 ? _start : _entered[^1];

    /// <summary>Finds where a path leads.</summary>
    /// <param name="nodes">The file system.</param>
    /// <param name="start">The directory that the path is relative to.</param>
    /// <param name="path">A relative path.</param>
    /// <param name="following">What becomes of a link at its end.</param>
    /// <param name="target">The end. Its parent is <paramref name="start"/>, or is left by the caller.</param>
    internal static FileError Resolve(
        IPathNodes<T> nodes, T start, string path, LinkFollowing following, out PathTarget<T> target)
    {
        var walk = new PathWalk<T>(nodes, start);
        var error = walk.Run(path, following, out target);
        if (error != FileError.None)
        {
            walk.LeaveAll();
        }

        return error;
    }

    private FileError Run(string path, LinkFollowing following, out PathTarget<T> target)
    {
        target = default;
        var endsAsDirectory = PathParts.EndsAsDirectory(path);
        Push(path);
        while (_pending.TryPop(out var name))
        {
            var isLast = _pending.Count == 0;
            if (isLast && !PathParts.IsDots(name))
            {
                var follows = following == LinkFollowing.Always
                    || (following == LinkFollowing.WithSlash && endsAsDirectory);
                var error = follows ? Follow(name, out var contents) : Skip(out contents);
                if (error != FileError.None)
                {
                    return error;
                }

                if (contents is null)
                {
                    target = Keep(name, endsAsDirectory);
                    return FileError.None;
                }

                endsAsDirectory |= PathParts.EndsAsDirectory(contents);
            }
            else if (Step(name) is var error && error != FileError.None)
            {
                return error;
            }
        }

        target = Keep(".", endsAsDirectory: true);
        return FileError.None;
    }

    private static FileError Skip(out string? contents)
    {
        contents = null;
        return FileError.None;
    }

    private FileError Step(string name)
    {
        if (name == ".")
        {
            return FileError.None;
        }

        if (name == "..")
        {
            return Return();
        }

        var error = Follow(name, out var contents);
        if (error != FileError.None || contents is not null)
        {
            return error;
        }

        error = _nodes.Enter(Current, name, out var child);
        if (error == FileError.None)
        {
            _entered.Add(child!); // There wherever there is no error.
        }

        return error;
    }

    private FileError Return()
    {
        if (_entered.Count == 0)
        {
            return FileError.NotPermitted;
        }

        _nodes.Leave(_entered[^1]);
        _entered.RemoveAt(_entered.Count - 1);
        return FileError.None;
    }

    private FileError Follow(string name, out string? contents)
    {
        var error = _nodes.ReadLink(Current, name, out contents);
        if (error != FileError.None || contents is null)
        {
            return error;
        }

        if (++_links > PathParts.MaximumLinks)
        {
            return FileError.Loop;
        }

        if (PathParts.IsAbsolute(contents))
        {
            return FileError.NotPermitted;
        }

        Push(contents);
        return FileError.None;
    }

    private void Push(string path)
    {
        var names = PathParts.Split(path);
        for (var index = names.Length - 1; index >= 0; index--)
        {
            _pending.Push(names[index]);
        }
    }

    private PathTarget<T> Keep(string name, bool endsAsDirectory)
    {
        var parent = Current;
        for (var index = 0; index < _entered.Count - 1; index++)
        {
            _nodes.Leave(_entered[index]);
        }

        return new PathTarget<T>(parent, name, endsAsDirectory);
    }

    private void LeaveAll()
    {
        foreach (var directory in _entered)
        {
            _nodes.Leave(directory);
        }
    }
}
