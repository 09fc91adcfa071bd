namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>Reads the names that compilers of Rust and C++ give to functions.</summary>
/// <remarks>
/// Names are a guest's words and may be made to explode. So the work is bounded by a number of steps and the text by a
/// number of characters; a name that asks for more, or is not understood, stays as it is. Safe for many threads.
/// </remarks>
internal static class Demangler
{
    /// <summary>The longest name that is looked at, in characters.</summary>
    public const int MaximumLength = 4096;

    /// <summary>The source's name for a function, or null where the name is none of those, or is broken.</summary>
    public static string? TryDemangle(string name)
    {
        if (name.Length > MaximumLength || !name.StartsWith('_'))
        {
            return null;
        }

        // What the optimiser made of a function is told by a suffix, which only people that read compilers want.
        int suffix = name.IndexOf('.', StringComparison.Ordinal);
        string symbol = suffix > 0 ? name[..suffix] : name;
        return symbol switch
        {
            ['_', 'R', ..] => new RustSymbol(symbol).Demangle(),
            ['_', 'Z', ..] => RustLegacySymbol.TryDemangle(name) ?? new ItaniumSymbol(symbol).Demangle(),
            _ => null,
        };
    }
}
