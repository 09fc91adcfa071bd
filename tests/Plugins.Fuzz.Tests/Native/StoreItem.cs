namespace Plugins.Fuzz.Tests.Native;

/// <summary>Room for any of <c>wasmtime_func_t</c>, <c>_memory_t</c>, <c>_table_t</c>, <c>_global_t</c>.</summary>
internal struct StoreItem
{
    /// <summary>Zero for a null reference.</summary>
    internal ulong StoreId;
    internal ulong First;
    internal ulong Second;
}
