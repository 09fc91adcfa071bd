namespace Plugins.Host.Catalog;

/// <summary>A call's use of a version, which was acquired for it; given back once.</summary>
internal readonly struct VersionUse(PluginVersion version) : IDisposable
{
    internal Plugin Plugin => version.Plugin;

    public void Dispose() => version.Release();
}
