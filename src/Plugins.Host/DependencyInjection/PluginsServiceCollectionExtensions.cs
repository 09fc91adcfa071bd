using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Plugins.Host;
using Plugins.Host.Configuration;
using Plugins.Host.DependencyInjection;

// Where applications look for it, rather than where the folder says.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a plugin host.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public static class PluginsServiceCollectionExtensions
{
    /// <summary>Adds one <see cref="PluginHost"/> for the application, disposed with its services.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">
    /// Sets the host's trust and permissions; may be called again to add to them.
    /// </param>
    /// <returns>A builder to add plugins with.</returns>
    /// <remarks>
    /// Loggers, <see cref="TimeProvider"/>, the variable store and the payload serializer are those of the services,
    /// where they have some. The options are checked when the application starts.
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
            options.ValidateOnStart();
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        return new PluginsBuilder(services);
    }

    /// <summary>Adds one <see cref="PluginHost"/> with options from the application's configuration.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">
    /// A section with the properties of <see cref="PluginHostOptions"/>, such as <c>Plugins</c>; docs/host.md has an
    /// example. Read once.
    /// </param>
    /// <param name="configure">Sets what configuration cannot, and overrides it.</param>
    /// <returns>A builder to add plugins with.</returns>
    /// <remarks>
    /// Unknown keys and values that make no sense are refused when the application starts, all at once, each with its
    /// path in the configuration.
    /// </remarks>
    public static PluginsBuilder AddPlugins(
        this IServiceCollection services, IConfiguration configuration, Action<PluginHostOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddPlugins();
        services.AddSingleton<IConfigureOptions<PluginHostOptions>>(new HostSettings(configuration));
        return services.AddPlugins(configure);
    }
}
