using Microsoft.Extensions.Primitives;

namespace Plugins.Host.Catalog.Sources;

/// <summary>A plugin that the application loads itself; it never tells of another version.</summary>
internal sealed class DelegatePluginSource(string location, Func<PluginHost, CancellationToken, Plugin> load)
    : IPluginSource
{
    public string Location => location;

    public ValueTask<PluginPackage> ReadAsync(long maximumModuleBytes, CancellationToken cancellationToken) =>
        new(new PluginPackage(location, load));

    public IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
}
