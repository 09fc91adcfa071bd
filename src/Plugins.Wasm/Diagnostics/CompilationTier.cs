namespace Plugins.Wasm.Diagnostics;

/// <summary>The treatment that the just-in-time compiler is expected to give a function.</summary>
public enum CompilationTier
{
    /// <summary>Compiled with all optimisations at its first call.</summary>
    Optimized,

    /// <summary>Past a size limit, so compiled without optimisation: correct, and several times slower.</summary>
    /// <remarks><see cref="CompiledFunction.Reason"/> names the limit, which is the just-in-time compiler's.</remarks>
    Unoptimized,
}
