using System.Collections.Frozen;
using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Pdk.Runtime;
using Plugins.Wasm;

namespace Plugins.Testing.InProcess;

/// <summary>Runs a C# plugin in the test's process, behind the same host, ABI and capabilities.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. It contains nothing: see docs/testing.md for the limits that do
/// not hold. The bytes of the module that the host passes have no meaning. Only for tests.
/// </remarks>
public sealed class InProcessEngine : IPluginEngine
{
    private readonly InProcessModule _module;

    /// <summary>Makes an engine for one plugin.</summary>
    /// <param name="module">The generated <c>PluginExports.Module</c> of the plugin's project.</param>
    public InProcessEngine(PluginModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        _module = new InProcessModule(module);
    }

    /// <inheritdoc/>
    public string Name => "in-process";

    /// <inheritdoc/>
    public string Version => EmbeddedEngine.Instance.Version;

    /// <inheritdoc/>
    public IReadOnlySet<string> Features { get; } = FrozenSet<string>.Empty;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">
    /// Fuel is to be metered, which code in process does not have; see <c>PluginHostOptions.MeterFuel</c>.
    /// </exception>
    public IEngineModule Compile(
        ImmutableArray<byte> binary, EngineModuleOptions options, CancellationToken cancellationToken = default) =>
        options.MeterFuel
            ? throw new NotSupportedException("Code in process has no fuel: set PluginHostOptions.MeterFuel to false.")
            : _module;

    /// <inheritdoc/>
    public EngineFault? Describe(Exception exception) => exception switch
    {
        InProcessTrapException => new EngineFault
        {
            Kind = EngineFaultKind.Trap, Trap = TrapCode.Unreachable, Reason = exception.Message,
        },
        InProcessInterruptException => new EngineFault
        {
            Kind = EngineFaultKind.Interrupted, Reason = exception.Message,
        },
        _ => null,
    };
}
