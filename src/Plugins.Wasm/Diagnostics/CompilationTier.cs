namespace Plugins.Wasm.Diagnostics;

/// <summary>How a function is run.</summary>
public enum CompilationTier
{
    /// <summary>Compiled with all optimisations.</summary>
    Optimized,

    /// <summary>Past a size limit, so compiled without optimisation: correct, and several times slower.</summary>
    /// <remarks><see cref="FunctionReport.Reason"/> names the limit, which is the just-in-time compiler's.</remarks>
    Unoptimized,

    /// <summary>Interpreted: it was not called often, or compiling it would not be cheap, or nothing is compiled.</summary>
    Interpreted,
}
