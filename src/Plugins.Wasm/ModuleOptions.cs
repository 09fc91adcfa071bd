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

    /// <summary>How functions are run.</summary>
    /// <value><see cref="ExecutionMode.Compiled"/>.</value>
    public ExecutionMode Mode { get; init; } = ExecutionMode.Compiled;

    /// <summary>Size limits for the module.</summary>
    /// <value><see cref="ModuleLimits.Default"/>.</value>
    public ModuleLimits Limits { get; init; } = ModuleLimits.Default;

    /// <summary>When functions are compiled, where they are while the guest runs.</summary>
    internal TieringOptions Tiering { get; init; } = TieringOptions.Default;

    /// <summary>Emits every function as if the just-in-time compiler could not optimise it; for tests.</summary>
    internal bool AssumesHugeFunctions { get; init; }
}
