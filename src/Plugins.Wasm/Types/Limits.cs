namespace Plugins.Wasm.Types;

/// <summary>The size range of a memory (in its pages) or a table (in elements).</summary>
/// <param name="Minimum">The size at instantiation.</param>
/// <param name="Maximum">The size it may grow to, or null where the module names none.</param>
/// <remarks>WebAssembly 2.0, section 2.3.7.</remarks>
public readonly record struct Limits(ulong Minimum, ulong? Maximum)
{
    /// <summary>
    /// True if something of the given actual size and maximum may stand where these limits are asked for.
    /// </summary>
    /// <remarks>WebAssembly 2.0, section 4.5.3 (import matching).</remarks>
    internal bool Admits(ulong actualSize, ulong? actualMaximum) =>
        actualSize >= Minimum && (Maximum is not ulong asked || (actualMaximum is ulong actual && actual <= asked));

    /// <inheritdoc/>
    public override string ToString() => Maximum is ulong maximum ? $"{Minimum}..{maximum}" : $"{Minimum}..";
}
