namespace Plugins.Host.Wasmtime.Native;

/// <summary>The functions of one loaded library, as pointers, so that a process may load several libraries.</summary>
/// <remarks>Immutable and safe for use by many threads; the library stays loaded until the process ends.</remarks>
internal sealed class WasmtimeApi
{
    // Callbacks are static and shared by all libraries, so they are handed this number to find the functions by.
    private static WasmtimeApi[] s_all = [];

    internal WasmtimeApi(SymbolTable symbols)
    {
        Engines = new EngineFunctions(symbols);
        Links = new LinkFunctions(symbols);
        Stores = new StoreFunctions(symbols);
        Traps = new TrapFunctions(symbols);
        Symbols = symbols;
    }

    internal EngineFunctions Engines { get; }

    internal LinkFunctions Links { get; }

    internal StoreFunctions Stores { get; }

    internal TrapFunctions Traps { get; }

    /// <summary>Where functions are found that not every version has.</summary>
    internal SymbolTable Symbols { get; }

    /// <summary>The library's place among those that were loaded.</summary>
    internal int Number { get; private set; } = -1;

    internal static WasmtimeApi At(int number) => Volatile.Read(ref s_all)[number];

    /// <summary>Gives the library its number; one thread at a time.</summary>
    internal void Register()
    {
        Number = s_all.Length;
        Volatile.Write(ref s_all, [.. s_all, this]);
    }
}
