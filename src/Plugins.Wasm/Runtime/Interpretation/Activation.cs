namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>What a caller needs when its callee returns, and a backtrace of the callee.</summary>
/// <remarks>WebAssembly 2.0, section 4.2.14 (activations and frames).</remarks>
internal unsafe struct Activation
{
    /// <summary>Where the caller goes on; above the innermost call, where that one is whenever it may trap.</summary>
    public Cell* Return;

    /// <summary>The caller's first slot.</summary>
    public ulong* Frame;

    /// <summary>How many calls the caller may nest.</summary>
    public int Depth;

    /// <summary>The index of the function that was called.</summary>
    public int Function;
}
