using Microsoft.Extensions.Primitives;
using Plugins.Host;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Catalog.Sources;

namespace Plugins.Benchmarks.Production;

/// <summary>A plugin of a catalog, called for a tenant.</summary>
internal sealed class RuledPlugin : IDisposable
{
    private static readonly PluginCallOptions Options = new() { Tenant = "blue" };

    private readonly PluginHost _host;
    private readonly PluginCatalog _catalog;
    private readonly CatalogPlugin _plugin;

    public RuledPlugin(byte[] module, Action<PluginHostOptions> set, PluginCircuitBreaker? breaker)
    {
        var options = new PluginHostOptions { AllowUnsigned = true };
        set(options);
        _host = new PluginHost(options);
        var entry = new CatalogEntry("guest", new Source(module)) { CircuitBreaker = breaker };
        _catalog = new PluginCatalog(_host, [entry]);
        _plugin = _catalog.Get(entry.Name);
    }

    public void Call() => _plugin.Call("empty", [], Options);

    public void Dispose()
    {
        _catalog.Dispose();
        _host.Dispose();
    }

    private sealed class Source(byte[] module) : IPluginSource
    {
        public string Location => "the benchmark";

        public ValueTask<PluginPackage> ReadAsync(long maximumModuleBytes, CancellationToken cancellationToken) =>
            new(new PluginPackage(Location, (host, stop) => host.LoadUnsigned(module, cancellationToken: stop)));

        public IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);
    }
}
