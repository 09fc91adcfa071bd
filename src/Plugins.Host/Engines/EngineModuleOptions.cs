using Plugins.Wasm;

namespace Plugins.Host.Engines;

/// <summary>Options for compiling one module.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record EngineModuleOptions
{
    /// <summary>Creates options; the required properties are the minimum.</summary>
    public EngineModuleOptions()
    {
    }

    /// <summary>Size limits for the module.</summary>
    public required ModuleLimits Limits { get; init; }

    /// <summary>WebAssembly features that the module may use, of those that the engine has.</summary>
    /// <value>Null: all of them.</value>
    /// <remarks>
    /// An engine refuses a module that uses another one as it refuses one that it lacks, with
    /// <see cref="EngineFaultKind.UnsupportedFeature"/>.
    /// </remarks>
    public IReadOnlySet<string>? Features { get; init; }

    /// <summary>True to charge guest code for each operator; see docs/limits.md.</summary>
    public required bool MeterFuel { get; init; }

    /// <summary>True if each NaN that arithmetic gives is to have the same bits, on all machines and engines.</summary>
    /// <value>false: they may be as the processor makes them.</value>
    /// <remarks>They are those of the canonical NaN with a positive sign.</remarks>
    public bool CanonicalizesNaNs { get; init; }

    /// <summary>How functions are run.</summary>
    /// <value>Null: as the engine's own options say.</value>
    /// <remarks>
    /// An engine that can only compile refuses <see cref="ExecutionMode.Interpreted"/> with a
    /// <see cref="NotSupportedException"/>, and takes the other two for the same.
    /// </remarks>
    public ExecutionMode? Mode { get; init; }

    /// <summary>Told how many functions are compiled, where the engine compiles them before it returns.</summary>
    /// <value>Null: nobody is told.</value>
    public IProgress<CompilationProgress>? Progress { get; init; }
}
