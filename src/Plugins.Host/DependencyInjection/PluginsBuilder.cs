using Microsoft.Extensions.DependencyInjection;

namespace Plugins.Host.DependencyInjection;

/// <summary>Adds plugins to an application's services.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public sealed class PluginsBuilder
{
    internal PluginsBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a plugin as a keyed <see cref="Plugin"/>, loaded when it is first requested.</summary>
    /// <param name="name">The service's key.</param>
    /// <param name="path">A folder with <c>plugin.wasm</c>, or a module file with its signature beside it.</param>
    /// <param name="options">Settings and grants for this plugin.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A plugin of this name was added before.</exception>
    public PluginsBuilder AddPlugin(string name, string path, PluginLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return AddPlugin(name, host => Directory.Exists(path)
            ? host.LoadFolder(path, options)
            : host.LoadFile(path, options));
    }

    /// <summary>
    /// Adds a plugin as a keyed <see cref="Plugin"/>, loaded by a delegate when it is first requested.
    /// </summary>
    /// <param name="name">The service's key.</param>
    /// <param name="load">Loads it from wherever it is.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">A plugin of this name was added before.</exception>
    public PluginsBuilder AddPlugin(string name, Func<PluginHost, Plugin> load)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(load);
        if (Services.Any(service => service.ServiceType == typeof(Plugin) && name.Equals(service.ServiceKey)))
        {
            throw new ArgumentException($"There is a plugin '{name}' already.", nameof(name));
        }

        Services.AddKeyedSingleton(name, (services, _) => load(services.GetRequiredService<PluginHost>()));
        return this;
    }
}
