using System.Collections.Immutable;
using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Host.Loading;
using Plugins.Host.Telemetry;
using Plugins.Manifest;

namespace Plugins.Host;

public sealed partial class PluginHost
{
    /// <summary>Loads an unsigned plugin, on a developer's own machine, with a warning in the log.</summary>
    /// <param name="module">The whole WebAssembly module; copied.</param>
    /// <param name="manifest">The manifest, which must describe this module.</param>
    /// <param name="options">Settings and grants for this plugin.</param>
    /// <param name="cancellationToken">Stops compiling the module and initialising its first instance.</param>
    /// <returns>The plugin, its first instance initialised.</returns>
    /// <remarks>
    /// The application's grants and limits apply. There is no publisher's ceiling.
    /// </remarks>
    /// <exception cref="InvalidOperationException">
    /// <see cref="PluginHostOptions.AllowUnsigned"/> is not set.
    /// </exception>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Plugin LoadUnsigned(
        ReadOnlySpan<byte> module,
        PluginManifest manifest,
        PluginLoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        PluginFiles.RequireSize(module.Length, MaximumModuleBytes);
        options ??= PluginLoadOptions.Default;
        var copy = ImmutableArray.Create(module);
        return Add(() => _loader.LoadUnsigned(copy, manifest, options, cancellationToken), cancellationToken);
    }

    /// <summary>Loads an unsigned module, on a developer's own machine, with a manifest made from it.</summary>
    /// <param name="module">The whole WebAssembly module; copied.</param>
    /// <param name="options">
    /// Settings and grants for this plugin; <see cref="PluginLoadOptions.ExpectedId"/> names it,
    /// <c>local/plugin</c> where null.
    /// </param>
    /// <param name="cancellationToken">Stops compiling the module and initialising its first instance.</param>
    /// <remarks>
    /// Every export that fits the ABI can be called, every permission that the imports need is asked for, and the
    /// settings are those of the options: <see cref="DevelopmentManifest"/> makes the manifest.
    /// </remarks>
    /// <returns>The plugin, its first instance initialised.</returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="PluginHostOptions.AllowUnsigned"/> is not set.
    /// </exception>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Plugin LoadUnsigned(
        ReadOnlySpan<byte> module,
        PluginLoadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        PluginFiles.RequireSize(module.Length, MaximumModuleBytes);
        return LoadUnsigned(ImmutableArray.Create(module), string.Empty, options, cancellationToken);
    }

    /// <summary>Loads an unsigned file, on a developer's own machine, with a manifest made from it.</summary>
    /// <param name="path">The module, or a folder with <c>plugin.wasm</c>.</param>
    /// <param name="options">
    /// Settings and grants for this plugin; <see cref="PluginLoadOptions.ExpectedId"/> names it, <c>local/name</c>
    /// after the file or folder where null.
    /// </param>
    /// <param name="cancellationToken">Stops compiling the module and initialising its first instance.</param>
    /// <returns>The plugin, its first instance initialised.</returns>
    /// <exception cref="InvalidOperationException">
    /// <see cref="PluginHostOptions.AllowUnsigned"/> is not set.
    /// </exception>
    /// <exception cref="PluginException">It was refused; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">The module cannot be read.</exception>
    public Plugin LoadUnsignedFile(
        string path, PluginLoadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        path = Directory.Exists(path) ? Path.Combine(path, PackageFiles.Module) : path;
        return LoadUnsigned(PluginFiles.ReadModule(path, MaximumModuleBytes), path, options, cancellationToken);
    }

    /// <summary>Loads an unsigned module that was read from a path.</summary>
    internal Plugin LoadUnsigned(
        ImmutableArray<byte> module, string path, PluginLoadOptions? options, CancellationToken cancellationToken)
    {
        options ??= PluginLoadOptions.Default;
        return Add(() => _loader.LoadUnsigned(module, path, options, cancellationToken), cancellationToken);
    }

    private Plugin Add(Func<PluginDefinition> load, CancellationToken cancellationToken)
    {
        var observation = LoadObservation.Begin(Environment);
        try
        {
            var definition = load();
            var plugin = Add(definition, cancellationToken);
            observation.Succeed(definition);
            return plugin;
        }
        catch (Exception exception)
        {
            observation.Fail(exception);
            throw;
        }
    }
}
