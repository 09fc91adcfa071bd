using System.Collections.Immutable;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Host.Loading;

/// <summary>Checks, before a plugin is signed or published, that hosts will load it.</summary>
/// <remarks>
/// The checks are those of loading. Signature, grants and settings are left out, as they are the application's, and no
/// guest code runs. Safe for use from several threads.
/// </remarks>
public static class PluginContract
{
    private static readonly CapabilityCatalog BuiltIn = new([]);
    private static readonly ModuleLimits Limits = new PluginHostOptions().ModuleLimits;

    /// <summary>Checks a module against its manifest and the ABI.</summary>
    /// <param name="module">The whole WebAssembly module.</param>
    /// <param name="manifest">The manifest of the module.</param>
    /// <param name="engine">The engine whose features count; null for the embedded one.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <remarks>
    /// An imported function that is not built in needs the permission of its name, unless the manifest asks for one
    /// that bears no import's name: an application may put several functions under one permission.
    /// </remarks>
    /// <exception cref="PluginException">Hosts refuse it; the type and code tell why.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Check(
        ReadOnlySpan<byte> module,
        PluginManifest manifest,
        IPluginEngine? engine = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        engine ??= EmbeddedEngine.Instance;
        var bytes = ImmutableArray.Create(module);
        LoadingRules.RequireValid(bytes.AsSpan(), manifest);
        LoadingRules.RequireSupported(manifest, engine);
        var options = new EngineModuleOptions { Limits = Limits, MeterFuel = true };
        var compiled = LoadingRules.Compile(engine, bytes, options, manifest, cancellationToken);
        var contract = new ModuleContract(manifest, compiled);
        contract.CheckExports(LimitsOf(manifest));
        contract.CheckImports(BuiltIn);
    }

    // An application's ceiling may be higher than the default one; what the manifest itself asks for must do.
    private static PluginLimits LimitsOf(PluginManifest manifest) => PluginLimits.Default with
    {
        MemoryPages = (int)Math.Min(manifest.Limits.MemoryPages ?? PluginLimits.Default.MemoryPages, int.MaxValue),
    };
}
