namespace Plugins.Wasi.Files;

/// <summary>A path as the names it is made of.</summary>
internal static class PathParts
{
    internal const int MaximumLinks = 40;

    internal static bool IsDots(string name) => name is "." or "..";

    internal static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    internal static bool EndsAsDirectory(string path) =>
        path.EndsWith('/') || path is "." or ".." || path.EndsWith("/.", StringComparison.Ordinal)
        || path.EndsWith("/..", StringComparison.Ordinal);

    internal static bool IsAbsolute(string path) => path.StartsWith('/');
}
