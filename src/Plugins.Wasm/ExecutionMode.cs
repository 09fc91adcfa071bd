namespace Plugins.Wasm;

/// <summary>The ways to run a module's functions.</summary>
/// <remarks>All give the same results, traps, fuel and limits; they differ in time and in what is trusted.</remarks>
public enum ExecutionMode
{
    /// <summary>
    /// Functions are interpreted at once, and replaced by compiled ones, in the background, where they are hot.
    /// </summary>
    /// <remarks>Where code cannot be generated, as in native ahead-of-time compilation, nothing is replaced.</remarks>
    Tiered,

    /// <summary>Nothing is ever compiled: for hosts that trust no code generator.</summary>
    Interpreted,

    /// <summary>Functions are compiled before the first call, those that are not cheap to compile excepted.</summary>
    Compiled,
}
