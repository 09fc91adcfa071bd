using Plugins.Wasm.Features;

namespace Plugins.Wasm;

/// <summary>Options for compiling a module.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ModuleOptions
{
    /// <summary>The defaults, in an object of the caller's own.</summary>
    public static ModuleOptions Default => new();

    /// <summary>True if the code charges the store's fuel for every operator.</summary>
    /// <value>false: <see cref="Store.FuelRemaining"/> is left alone.</value>
    public bool MeterFuel { get; init; }

    /// <summary>True if each NaN that arithmetic gives has the same bits, on all machines and in all modes.</summary>
    /// <value>false: they are as the processor makes them.</value>
    /// <remarks>
    /// They are those of the canonical NaN with a positive sign; WebAssembly 2.0, section 4.3.3, allows any of several.
    /// Values that are only moved, and <c>abs</c>, <c>neg</c>, <c>copysign</c>, <c>pmin</c> and <c>pmax</c>, keep
    /// their bits. Of a vector, that goes for each lane.
    /// </remarks>
    public bool CanonicalizesNaNs { get; init; }

    /// <summary>How functions are run.</summary>
    /// <value><see cref="ExecutionMode.Tiered"/>.</value>
    public ExecutionMode Mode { get; init; }

    /// <summary>The most time that compiling the module's functions may take, over the module's life.</summary>
    /// <value>30 seconds; zero to a day.</value>
    /// <remarks>
    /// What is not compiled by then stays interpreted. The function that is being compiled then is finished.
    /// </remarks>
    public TimeSpan CompilationTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Size limits for the module.</summary>
    /// <value><see cref="ModuleLimits.Default"/>.</value>
    public ModuleLimits Limits { get; init; } = ModuleLimits.Default;

    /// <summary>Features beyond WebAssembly's first version that the module may use.</summary>
    /// <value>null: all that the engine has, <see cref="Module.Features"/>.</value>
    /// <remarks>
    /// A module that uses another one is refused with <see cref="UnsupportedFeatureException"/>, as if the engine
    /// lacked it. Names that the engine does not know allow nothing.
    /// </remarks>
    public IReadOnlySet<string>? Features { get; init; }

    /// <summary>When functions are compiled, where they are while the guest runs.</summary>
    internal TieringOptions Tiering { get; init; } = TieringOptions.Default;

    /// <summary>Emits every function as if the just-in-time compiler could not optimise it; for tests.</summary>
    internal bool AssumesHugeFunctions { get; init; }

    /// <summary>Cuts functions of more instructions of intermediate language into methods; for tests.</summary>
    /// <value>0: only those that the just-in-time compiler would not optimise.</value>
    internal int OutlinesAt { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option has no meaning, or is out of range.</exception>
    internal void Validate()
    {
        if (Mode is < ExecutionMode.Tiered or > ExecutionMode.Compiled)
        {
            throw new ArgumentOutOfRangeException(nameof(Mode), Mode, "There is no such mode.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(CompilationTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CompilationTime, TimeSpan.FromDays(1));
    }
}
