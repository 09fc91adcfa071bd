namespace Plugins.Wasm.Diagnostics;

/// <summary>How well the just-in-time compiler is expected to treat a function.</summary>
public enum CompilationTier
{
    /// <summary>Compiled with all optimisations at its first call.</summary>
    Optimized,

    /// <summary>
    /// Past one of the just-in-time compiler's size limits, so compiled without optimisation: correct, and several
    /// times slower. <see cref="CompiledFunction.Reason"/> names the limit.
    /// </summary>
    Unoptimized,
}
