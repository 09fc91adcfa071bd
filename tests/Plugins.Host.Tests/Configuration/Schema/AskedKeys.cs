namespace Plugins.Host.Tests.Configuration.Schema;

/// <summary>The paths that a reader of the configuration asks for.</summary>
internal sealed class AskedKeys
{
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> Paths => _paths;

    internal void Add(string path) => _paths.Add(path);
}
