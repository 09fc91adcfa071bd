namespace Plugins.Host.Catalog;

/// <summary>Keeps one version of a plugin from being disposed while it is used.</summary>
/// <remarks>
/// Safe for use by many threads. Whoever takes it disposes it soon: the version, once replaced, waits for it, up to
/// <see cref="PluginCatalogOptions.DrainPatience"/>.
/// </remarks>
public sealed class PluginLease : IDisposable
{
    private readonly PluginVersion _version;
    private int _isDisposed;

    internal PluginLease(PluginVersion version) => _version = version;

    /// <summary>The version; not to be disposed by the holder of the lease.</summary>
    public Plugin Plugin => _version.Plugin;

    /// <summary>Gives the version back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _version.Release();
        }
    }
}
