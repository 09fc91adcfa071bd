namespace Plugins.Host.Wasmtime.Native;

/// <summary>The functions of one loaded library, as pointers, so that a process may load several libraries.</summary>
/// <remarks>Immutable and safe for use by many threads; the library stays loaded until the process ends.</remarks>
internal sealed class WasmtimeApi
{
    // Callbacks are static and shared by all libraries, so they are handed this number to find the functions by.
    private static WasmtimeApi[] s_all = [];

    internal WasmtimeApi(SymbolTable symbols)
    {
        Configs = new ConfigFunctions(symbols);
        Pools = new PoolFunctions(symbols);
        Engines = new EngineFunctions(symbols);
        Links = new LinkFunctions(symbols);
        Stores = new StoreFunctions(symbols);
        Traps = new TrapFunctions(symbols);
    }

    internal ConfigFunctions Configs { get; }

    internal PoolFunctions Pools { get; }

    internal EngineFunctions Engines { get; }

    internal LinkFunctions Links { get; }

    internal StoreFunctions Stores { get; }

    internal TrapFunctions Traps { get; }

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
