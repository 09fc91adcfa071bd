using Microsoft.Extensions.Hosting;
using Plugins.Host.Catalog;

namespace Plugins.Host.DependencyInjection;

/// <summary>Loads the plugins before anything else of the application starts, and stops them after all else.</summary>
/// <remarks>Everything that may call plugins, web servers among them, has stopped by then.</remarks>
internal sealed class PluginCatalogService(PluginHost host, PluginCatalog catalog) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => catalog.StartAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (!await catalog.StopAsync(cancellationToken).ConfigureAwait(false))
        {
            // Interrupts what still runs.
            host.Dispose();
        }
    }
}
