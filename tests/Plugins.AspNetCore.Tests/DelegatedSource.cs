using Microsoft.Extensions.Primitives;
using Plugins.Host;
using Plugins.Host.Catalog.Sources;

namespace Plugins.AspNetCore.Tests;

/// <summary>Versions that a test makes.</summary>
internal sealed class DelegatedSource(Func<PluginHost, CancellationToken, Plugin> load) : IPluginSource
{
    public string Location => "the test";

    public ValueTask<PluginPackage> ReadAsync(long maximumModuleBytes, CancellationToken cancellationToken) =>
        new(new PluginPackage(Location, load));

    public IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
}
