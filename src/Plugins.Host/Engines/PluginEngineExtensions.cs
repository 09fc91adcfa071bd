using System.Collections.Immutable;
using Plugins.Wasm;

namespace Plugins.Host.Engines;

/// <summary>Compilation of bytes that the caller may change afterwards.</summary>
/// <remarks>Pure functions, safe to use from any thread.</remarks>
public static class PluginEngineExtensions
{
    /// <summary>Copies a whole module, then decodes, validates and compiles it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="binary">The module in the binary format.</param>
    /// <param name="limits">Size limits for the module.</param>
    /// <param name="meterFuel">True to charge fuel for each operator.</param>
    /// <param name="cancellationToken">Stops it as soon as the engine can.</param>
    /// <returns>The compiled module.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IEngineModule Compile(
        this IPluginEngine engine,
        ReadOnlySpan<byte> binary,
        ModuleLimits limits,
        bool meterFuel,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var options = new EngineModuleOptions { Limits = limits, MeterFuel = meterFuel };
        return engine.Compile(ImmutableArray.Create(binary), options, cancellationToken);
    }
}
