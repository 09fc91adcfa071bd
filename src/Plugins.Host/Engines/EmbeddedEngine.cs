using System.Collections.Frozen;
using Plugins.Host.Engines.Embedded;
using Plugins.Wasm;

namespace Plugins.Host.Engines;

/// <summary>The engine that comes with this library, written in C#: nothing native to deploy.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. Needs a runtime that can compile code when it runs.
/// </remarks>
public sealed class EmbeddedEngine : IPluginEngine
{
    private EmbeddedEngine()
    {
    }

    /// <summary>The one object of this class, which has no state.</summary>
    public static EmbeddedEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public IReadOnlySet<string> Features { get; } = FrozenSet.ToFrozenSet(
        [
            "bulk-memory", "multi-value", "mutable-globals", "nontrapping-fptoint", "reference-types", "sign-ext",
        ],
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEngineModule Compile(
        ReadOnlySpan<byte> binary,
        ModuleLimits limits,
        bool meterFuel,
        CancellationToken cancellationToken = default) =>
        new EmbeddedModule(Module.Compile(
            binary, new ModuleOptions { Limits = limits, MeterFuel = meterFuel }, cancellationToken));

    /// <inheritdoc/>
    public EngineFault? Describe(Exception exception) => EmbeddedFaults.Describe(exception);
}
