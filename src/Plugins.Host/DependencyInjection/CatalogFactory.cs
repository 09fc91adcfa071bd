using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Catalog;

namespace Plugins.Host.DependencyInjection;

/// <summary>Makes an application's catalog of the plugins that were added in code and in the configuration.</summary>
internal static class CatalogFactory
{
    internal static PluginCatalog Create(IServiceProvider services)
    {
        // First of all, since it reports whatever is wrong with the configuration.
        var host = services.GetRequiredService<PluginHost>();
        CatalogEntry[] added = [.. services.GetServices<CatalogEntry>()];
        var configured = services.GetServices<ConfiguredCatalog>()
            .SelectMany(catalog => catalog.Read().Plugins)
            .ToArray();
        var names = added.Select(entry => entry.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] twice = [.. configured.Where(plugin => !names.Add(plugin.Entry.Name)).Select(plugin => plugin.Path)];
        return twice.Length > 0
            ? throw new InvalidOperationException(
                $"The application has these plugins twice, in code or in another section: {string.Join(", ", twice)}.")
            : new PluginCatalog(
                host,
                [.. added, .. configured.Select(plugin => plugin.Entry)],
                services.GetRequiredService<PluginCatalogOptions>());
    }
}
