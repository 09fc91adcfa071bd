using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Plugins.Host;
using Plugins.Host.Catalog;
using Plugins.Host.Configuration;
using Plugins.Host.DependencyInjection;

// Where applications look for it, rather than where the folder says.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a plugin host.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public static class PluginsServiceCollectionExtensions
{
    /// <summary>Adds one host for the application and one catalog of its plugins.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">
    /// Sets the host's trust and permissions; may be called again to add to them.
    /// </param>
    /// <returns>A builder to add plugins with.</returns>
    /// <remarks>
    /// Loggers, <see cref="TimeProvider"/>, the variable store and the payload serializer are those of the services,
    /// where they have some. The options are checked, and the plugins loaded, when the application starts; where no
    /// <c>IHost</c> starts it, by the first call.
    /// </remarks>
    public static PluginsBuilder AddPlugins(
        this IServiceCollection services, Action<PluginHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PluginHostOptions>();
        if (services.All(service => service.ServiceType != typeof(PluginHost)))
        {
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IConfigureOptions<PluginHostOptions>, PluginServiceOptions>());
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IValidateOptions<PluginHostOptions>, PluginHostOptionsValidator>());
            services.AddSingleton(provider =>
                new PluginHost(provider.GetRequiredService<IOptions<PluginHostOptions>>().Value));
            services.TryAddSingleton(provider =>
                provider.GetServices<ConfiguredCatalog>().LastOrDefault()?.Read().Options
                ?? new PluginCatalogOptions());
            services.AddSingleton(CatalogFactory.Create);
            services.AddKeyedSingleton(
                KeyedService.AnyKey,
                (provider, name) => provider.GetRequiredService<PluginCatalog>().Get(name as string ?? string.Empty));
            services.AddHostedService<PluginCatalogService>();
            options.ValidateOnStart();
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        return new PluginsBuilder(services);
    }

    /// <summary>Adds one host and one catalog, with options from the application's configuration.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">
    /// A section with the properties of <see cref="PluginHostOptions"/>, such as <c>Plugins</c>, and the plugins of the
    /// catalog below <c>Catalog</c>; docs/host.md has an example, and says what
    /// is applied when it changes.
    /// </param>
    /// <param name="configure">Sets what configuration cannot, and overrides it.</param>
    /// <returns>A builder to add plugins with.</returns>
    /// <remarks>
    /// Unknown keys and values that make no sense are refused when the application starts, all at once, each with its
    /// path in the configuration. Relative paths begin at the application's content root, or without one in the
    /// process's working directory.
    /// </remarks>
    public static PluginsBuilder AddPlugins(
        this IServiceCollection services, IConfiguration configuration, Action<PluginHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddPlugins();
        services.AddSingleton<IConfigureOptions<PluginHostOptions>>(
            provider => new HostSettings(configuration, ConfiguredCatalog.RootOf(provider)));
        services.AddSingleton(provider => new ConfiguredCatalog(configuration, provider));
        services.AddHostedService<ConfigurationReload>();
        return services.AddPlugins(configure);
    }
}
