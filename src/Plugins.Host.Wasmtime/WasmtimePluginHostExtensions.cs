using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.DependencyInjection;
using Plugins.Host.Wasmtime;
using Plugins.Host.Wasmtime.Errors;

namespace Plugins.Host;

/// <summary>Makes Wasmtime the engine of a host.</summary>
/// <remarks>For one thread, while a host is set up.</remarks>
public static class WasmtimePluginHostExtensions
{
    /// <summary>Runs plugins on a Wasmtime engine of the host's own, released by the garbage collector.</summary>
    /// <param name="options">The host's options.</param>
    /// <param name="engine">The engine's options; the defaults where null.</param>
    /// <returns>The host's options.</returns>
    /// <exception cref="WasmtimeLibraryMissingException">The native library was not found.</exception>
    /// <exception cref="WasmtimeLibraryUnsuitableException">The native library is too old.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size in the engine's options is out of range.</exception>
    public static PluginHostOptions UseWasmtime(this PluginHostOptions options, WasmtimeEngineOptions? engine = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Engine = new WasmtimeEngine(engine);
        return options;
    }

    /// <summary>Runs plugins on Wasmtime; the engine is a service, disposed with the others.</summary>
    /// <param name="builder">The builder that adding plugins gave.</param>
    /// <param name="engine">The engine's options; the defaults where null.</param>
    /// <returns>The builder.</returns>
    /// <remarks>The native library is looked for when the host is made or its options are checked.</remarks>
    public static PluginsBuilder UseWasmtime(this PluginsBuilder builder, WasmtimeEngineOptions? engine = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(_ => new WasmtimeEngine(engine));
        builder.Services.AddOptions<PluginHostOptions>()
            .Configure<WasmtimeEngine>((options, wasmtime) => options.Engine = wasmtime);
        return builder;
    }
}
