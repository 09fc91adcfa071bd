using System.Collections.Immutable;
using System.Reflection;
using Plugins.Host.Engines.Embedded;
using Plugins.Manifest;
using Plugins.Wasm;
using Module = Plugins.Wasm.Module;

namespace Plugins.Host.Engines;

/// <summary>The engine that comes with this library, written in C#: nothing native to deploy.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. In applications compiled ahead of time (NativeAOT), where no code
/// can be generated, plugins are interpreted.
/// </remarks>
public sealed class EmbeddedEngine : IPluginEngine
{
    // Of the whole process. Modules have no state; instances, which have all of it, are never shared.
    private readonly ModuleShare<EmbeddedKey, Module> _modules = new();

    private EmbeddedEngine()
    {
    }

    /// <summary>The only instance, which shares compiled code between all hosts of the process.</summary>
    public static EmbeddedEngine Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public string Version { get; } = typeof(Module).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <inheritdoc/>
    public IReadOnlySet<string> Features => Module.Features;

    /// <inheritdoc/>
    /// <remarks>
    /// Bytes whose code is in use somewhere in the process are not compiled again under the same limits.
    /// </remarks>
    public IEngineModule Compile(
        ImmutableArray<byte> binary,
        ModuleLimits limits,
        bool meterFuel,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var key = new EmbeddedKey(Sha256Digest.Compute(binary.AsSpan()), limits, meterFuel);
        var options = new ModuleOptions { Limits = limits, MeterFuel = meterFuel };
        return new EmbeddedModule(_modules.GetOrCompile(
            key, () => Module.Compile(binary, options, cancellationToken), cancellationToken));
    }

    /// <inheritdoc/>
    public EngineFault? Describe(Exception exception) => EmbeddedFaults.Describe(exception);
}
