namespace Plugins.Host.Catalog.Sources;

/// <summary>Paths without the links in them, of folders too.</summary>
internal static class LinkedPath
{
    private const int MaximumLinks = 40;

    /// <summary>The path that a full path leads to; as far as it exists.</summary>
    /// <exception cref="IOException">The links go in a circle.</exception>
    internal static string Resolve(string path)
    {
        var links = 0;
        var root = Path.GetPathRoot(path) ?? string.Empty;
        var rest = new Stack<string>(PartsOf(path, root).Reverse());
        var resolved = root;
        while (rest.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(resolved, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                throw new IOException($"The links of '{path}' go in a circle.");
            }

            resolved = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : resolved;
            foreach (var inner in PartsOf(target, Path.GetPathRoot(target) ?? string.Empty).Reverse())
            {
                rest.Push(inner);
            }
        }

        return resolved;
    }

    private static string[] PartsOf(string path, string root) => path[root.Length..].Split(
        [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
