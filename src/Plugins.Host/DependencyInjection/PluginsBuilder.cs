using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Clients;

namespace Plugins.Host.DependencyInjection;

/// <summary>Adds plugins to an application's services.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public sealed partial class PluginsBuilder
{
    internal PluginsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a plugin of a folder that is watched, as a keyed <see cref="CatalogPlugin"/>.</summary>
    /// <param name="name">Its name in the catalog, and the service's key.</param>
    /// <param name="path">A folder with <c>plugin.wasm</c>, or a module file with its signature beside it.</param>
    /// <param name="options">Settings and grants for this plugin.</param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// Loaded when the application starts, which fails without it; new versions are taken while it runs.
    /// <see cref="AddPlugin(string, Func{IServiceProvider, CatalogEntry})"/> has the alternatives.
    /// </remarks>
    /// <exception cref="ArgumentException">A plugin of this name was added before.</exception>
    public PluginsBuilder AddPlugin(string name, string path, PluginLoadOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return AddPlugin(name, services =>
        {
            var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var watch = new FolderWatchOptions { TimeProvider = time };
            return new CatalogEntry(name, new FolderPluginSource(path, options, watch));
        });
    }

    /// <summary>Adds a plugin that a delegate loads, as a keyed <see cref="CatalogPlugin"/>.</summary>
    /// <param name="name">Its name in the catalog, and the service's key.</param>
    /// <param name="load">Loads it from wherever it is, at the start and at each reload.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A plugin of this name was added before.</exception>
    public PluginsBuilder AddPlugin(string name, Func<PluginHost, Plugin> load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return AddPlugin(
            name, _ => new CatalogEntry(name, new DelegatePluginSource("the application", (host, _) => load(host))));
    }

    /// <summary>Adds a plugin with a source and rules of its own, as a keyed <see cref="CatalogPlugin"/>.</summary>
    /// <param name="name">Its name in the catalog, and the service's key.</param>
    /// <param name="entry">Makes the entry, under the same name.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A plugin of this name was added before.</exception>
    public PluginsBuilder AddPlugin(string name, Func<IServiceProvider, CatalogEntry> entry)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(entry);
        if (Services.Any(service => service.ServiceType == typeof(CatalogPlugin)
            && name.Equals(service.ServiceKey as string, StringComparison.OrdinalIgnoreCase)))
        {
            throw new ArgumentException($"There is a plugin '{name}' already.", nameof(name));
        }

        Services.AddSingleton(services => entry(services));
        Services.AddKeyedSingleton(
            name, (services, _) => services.GetRequiredService<PluginCatalog>().Get(name));
        return this;
    }

    /// <summary>Adds the client that was generated for an interface with <see cref="PluginClientAttribute"/>.</summary>
    /// <typeparam name="TClient">The interface.</typeparam>
    /// <param name="plugin">
    /// The plugin's name in the catalog, which becomes the service's key; null for the one that the attribute names,
    /// without a key.
    /// </param>
    /// <returns>This builder.</returns>
    /// <remarks>
    /// One for all of the application, safe for use by many threads. Each call goes to the version of the plugin that
    /// serves when it begins, and throws what calls of a <see cref="CatalogPlugin"/> do.
    /// </remarks>
    /// <exception cref="ArgumentException">No client was generated for the type.</exception>
    public PluginsBuilder AddClient<TClient>(string? plugin = null)
        where TClient : class
    {
        var client = typeof(TClient).Assembly.GetCustomAttributes<PluginClientImplementationAttribute>()
            .FirstOrDefault(client => client.Contract == typeof(TClient))
            ?? throw new ArgumentException(
                $"{typeof(TClient)} has no client: it is no interface with [PluginClient], or its project was built "
                + "without the generator of Plugins.Host.",
                nameof(TClient));
        TClient Make(IServiceProvider services) => (TClient)Activator.CreateInstance(
            client.Implementation, services.GetRequiredService<PluginCatalog>().Get(plugin ?? client.Plugin))!;
        if (plugin is null)
        {
            Services.AddSingleton(Make);
        }
        else
        {
            Services.AddKeyedSingleton(plugin, (services, _) => Make(services));
        }

        return this;
    }

    /// <summary>Sets how long plugins are waited for when they are replaced, and when the application stops.</summary>
    /// <param name="options">The catalog's options.</param>
    /// <returns>This builder.</returns>
    public PluginsBuilder ConfigureCatalog(PluginCatalogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Services.Replace(ServiceDescriptor.Singleton(options));
        return this;
    }
}
