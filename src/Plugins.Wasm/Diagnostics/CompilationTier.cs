namespace Plugins.Wasm.Diagnostics;

/// <summary>How a function is run.</summary>
public enum CompilationTier
{
    /// <summary>Compiled with all optimisations.</summary>
    Optimized,

    /// <summary>Past a size limit, so compiled without optimisation: correct, and several times slower.</summary>
    /// <remarks><see cref="FunctionReport.Reason"/> names the limit, which is the just-in-time compiler's.</remarks>
    Unoptimized,

    /// <summary>Interpreted: not called often, or not cheap to compile, or in a mode without compiled code.</summary>
    Interpreted,
}
