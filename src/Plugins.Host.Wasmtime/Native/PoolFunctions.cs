namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around the pool that instances are taken from.</summary>
internal sealed unsafe class PoolFunctions
{
    internal readonly delegate* unmanaged<nint> New;
    internal readonly delegate* unmanaged<nint, void> Delete;
    internal readonly delegate* unmanaged<nint, uint, void> SetTotalInstances;
    internal readonly delegate* unmanaged<nint, uint, void> SetTotalMemories;
    internal readonly delegate* unmanaged<nint, uint, void> SetTotalTables;
    internal readonly delegate* unmanaged<nint, uint, void> SetTotalHeaps;
    internal readonly delegate* unmanaged<nint, uint, void> SetTotalStacks;
    internal readonly delegate* unmanaged<nint, uint, void> SetMemoriesPerModule;
    internal readonly delegate* unmanaged<nint, uint, void> SetTablesPerModule;
    internal readonly delegate* unmanaged<nint, nuint, void> SetInstanceSize;
    internal readonly delegate* unmanaged<nint, nuint, void> SetTableElements;
    internal readonly delegate* unmanaged<nint, nuint, void> SetResidentTableBytes;
    internal readonly delegate* unmanaged<nint, nuint, void> SetResidentMemoryBytes;

    internal PoolFunctions(SymbolTable symbols)
    {
        New = (delegate* unmanaged<nint>)Require(symbols, "new");
        Delete = (delegate* unmanaged<nint, void>)Require(symbols, "delete");
        SetTotalInstances = (delegate* unmanaged<nint, uint, void>)Require(symbols, "total_core_instances_set");
        SetTotalMemories = (delegate* unmanaged<nint, uint, void>)Require(symbols, "total_memories_set");
        SetTotalTables = (delegate* unmanaged<nint, uint, void>)Require(symbols, "total_tables_set");
        SetTotalHeaps = (delegate* unmanaged<nint, uint, void>)Require(symbols, "total_gc_heaps_set");
        SetTotalStacks = (delegate* unmanaged<nint, uint, void>)Require(symbols, "total_stacks_set");
        SetMemoriesPerModule = (delegate* unmanaged<nint, uint, void>)Require(symbols, "max_memories_per_module_set");
        SetTablesPerModule = (delegate* unmanaged<nint, uint, void>)Require(symbols, "max_tables_per_module_set");
        SetInstanceSize = (delegate* unmanaged<nint, nuint, void>)Require(symbols, "max_core_instance_size_set");
        SetTableElements = (delegate* unmanaged<nint, nuint, void>)Require(symbols, "table_elements_set");
        SetResidentTableBytes = (delegate* unmanaged<nint, nuint, void>)Require(symbols, "table_keep_resident_set");
        SetResidentMemoryBytes = (delegate* unmanaged<nint, nuint, void>)Require(
            symbols, "linear_memory_keep_resident_set");
    }

    private static nint Require(SymbolTable symbols, string name) =>
        symbols.Require($"wasmtime_pooling_allocation_config_{name}");
}
