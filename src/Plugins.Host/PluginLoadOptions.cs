using System.Collections.ObjectModel;
using Plugins.Host.Wasi;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;

namespace Plugins.Host;

/// <summary>Options for loading one plugin: its settings, and permissions within those of the host.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginLoadOptions
{
    /// <summary>Makes options for a plugin without settings.</summary>
    public PluginLoadOptions()
    {
    }

    /// <summary>The expected plugin; any other is refused these settings and grants.</summary>
    /// <value>
    /// Null: whichever plugin of a trusted publisher is there. Settings without an expected plugin are a warning in the
    /// log.
    /// </value>
    public PluginId? ExpectedId { get; init; }

    /// <summary>The versions of the plugin that are accepted.</summary>
    /// <value>Null: any.</value>
    public SemanticVersionRange? ExpectedVersion { get; init; }

    /// <summary>Values for the settings that the manifest lists; others are not visible to the plugin.</summary>
    /// <value>Empty: only the manifest's own defaults.</value>
    public IReadOnlyDictionary<string, string> Configuration { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The tenant for whom the plugin is loaded; calls that name another are refused.</summary>
    /// <value>
    /// Null: with <see cref="Permissions"/> of its own, the plugin serves the application's calls only, which name no
    /// tenant; without, those of every tenant.
    /// </value>
    /// <remarks>Calls that name no tenant are this tenant's. See <see cref="Errors.PluginTenantException"/>.</remarks>
    public string? Tenant { get; init; }

    /// <summary>Permissions granted by the tenant the plugin is loaded for, or by the application itself.</summary>
    /// <value>Anything that the host allows.</value>
    public PermissionCeiling Permissions { get; init; } = PermissionCeiling.Anything;

    /// <summary>True to let calls share one initialisation that used randomness, the clock or variables.</summary>
    /// <value>
    /// False: such an initialisation is run again for each call, so that no two calls share a seed. One that used none
    /// of them is always run once.
    /// </value>
    public bool AcceptFrozenInitialization { get; init; }

    /// <summary>True to make the first instance at load, and refuse a plugin whose initialisation fails.</summary>
    /// <value>True.</value>
    /// <remarks>Else the first call makes it, and fails where that fails. For plugins that only replay calls.</remarks>
    public bool InitializesAtLoad { get; init; } = true;

    /// <summary>How the plugin's functions are run.</summary>
    /// <value>Null: as the engine's options say.</value>
    /// <remarks>
    /// <see cref="ExecutionMode.Interpreted"/> on Wasmtime, which compiles every module, is refused at load with a
    /// <see cref="NotSupportedException"/>.
    /// </remarks>
    public ExecutionMode? Mode { get; init; }

    /// <summary>True if every NaN that arithmetic gives has the same bits, on every machine and engine.</summary>
    /// <value>False: they may be as the processor makes them, which differs between x64 and ARM64.</value>
    /// <remarks>
    /// Then a function's result depends on nothing but what the guest reads. Arithmetic on floating-point numbers
    /// takes somewhat longer. Calls that are recorded need it.
    /// </remarks>
    public bool CanonicalizesNaNs { get; init; }

    /// <summary>True to compile before the load returns, as <see cref="Plugin.WarmUpAsync"/> does after it.</summary>
    /// <value>False: hot functions are compiled in the background.</value>
    public bool WarmUp { get; init; }

    /// <summary>Told how many functions are compiled while the plugin is loaded, on a thread of the engine's.</summary>
    /// <value>Null: nobody is told.</value>
    /// <remarks>With <see cref="WarmUp"/>, or <see cref="ExecutionMode.Compiled"/>; never on Wasmtime.</remarks>
    public IProgress<CompilationProgress>? CompilationProgress { get; init; }

    /// <summary>The module's source map, as JSON in UTF-8, for lines of the source in backtraces.</summary>
    /// <value>Empty: lines come from the module itself, where it has DWARF or holds its source map.</value>
    /// <remarks>
    /// Copied at load, and read at the first trap; a broken one tells nothing. Nothing that the module names as its
    /// source map is ever opened or fetched. See <see cref="PluginHostOptions.SourcePositions"/>.
    /// </remarks>
    public ReadOnlyMemory<byte> SourceMap { get; init; }

    /// <summary>What the plugin is offered where it uses WASI.</summary>
    /// <value>Null: what the host offers, <see cref="PluginHostOptions.Wasi"/>.</value>
    public PluginWasiOptions? Wasi { get; init; }

    internal static PluginLoadOptions Default { get; } = new();

    /// <summary>Makes options that accept one plugin only.</summary>
    /// <param name="id">Publisher and name, as <c>acme/billing</c>.</param>
    /// <param name="version">Versions as an interval, such as <c>[1.2,2.0)</c>; null for any.</param>
    /// <returns>The options, to add settings and grants to.</returns>
    /// <exception cref="FormatException">The id or the interval has another form.</exception>
    public static PluginLoadOptions For(string id, string? version = null) => new()
    {
        ExpectedId = PluginId.Parse(id),
        ExpectedVersion = version is null ? null : SemanticVersionRange.Parse(version),
    };
}
