namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around an engine's configuration.</summary>
internal sealed unsafe class ConfigFunctions
{
    internal readonly delegate* unmanaged<nint> New;
    internal readonly delegate* unmanaged<nint, byte, void> SetConsumeFuel;
    internal readonly delegate* unmanaged<nint, byte, void> SetNaNCanonicalization;
    internal readonly delegate* unmanaged<nint, byte, void> SetEpochInterruption;
    internal readonly delegate* unmanaged<nint, byte, void> SetMemoryInitCopyOnWrite;
    internal readonly delegate* unmanaged<nint, byte, void> SetParallelCompilation;
    internal readonly delegate* unmanaged<nint, nuint, void> SetMaxWasmStack;
    internal readonly delegate* unmanaged<nint, nuint, void> SetAsyncStackSize;
    internal readonly delegate* unmanaged<nint, nint, void> SetPool;
    private readonly delegate* unmanaged<nint, byte, void>[] _switches;

    internal ConfigFunctions(SymbolTable symbols)
    {
        New = (delegate* unmanaged<nint>)symbols.Require("wasm_config_new");
        SetConsumeFuel = (delegate* unmanaged<nint, byte, void>)symbols.Require("wasmtime_config_consume_fuel_set");
        SetNaNCanonicalization = (delegate* unmanaged<nint, byte, void>)symbols.Require(
            "wasmtime_config_cranelift_nan_canonicalization_set");
        SetEpochInterruption = (delegate* unmanaged<nint, byte, void>)symbols.Require(
            "wasmtime_config_epoch_interruption_set");
        SetMemoryInitCopyOnWrite = (delegate* unmanaged<nint, byte, void>)symbols.Require(
            "wasmtime_config_memory_init_cow_set");
        SetParallelCompilation = (delegate* unmanaged<nint, byte, void>)symbols.Require(
            "wasmtime_config_parallel_compilation_set");
        SetMaxWasmStack = (delegate* unmanaged<nint, nuint, void>)symbols.Require("wasmtime_config_max_wasm_stack_set");
        SetAsyncStackSize = (delegate* unmanaged<nint, nuint, void>)symbols.Require(
            "wasmtime_config_async_stack_size_set");
        SetPool = (delegate* unmanaged<nint, nint, void>)symbols.Require("wasmtime_pooling_allocation_strategy_set");
        _switches = new delegate* unmanaged<nint, byte, void>[Proposals.Switched.Length];
        for (var index = 0; index < _switches.Length; index++)
        {
            var proposal = Proposals.Switched[index];
            var name = $"wasmtime_config_{proposal.Setting}_set";
            _switches[index] = (delegate* unmanaged<nint, byte, void>)(
                proposal.IsNewer ? symbols.Find(name) : symbols.Require(name));
        }
    }

    /// <summary>Switches every proposal of the library on or off.</summary>
    internal void SwitchProposals(nint config)
    {
        for (var index = 0; index < _switches.Length; index++)
        {
            // What a version has no switch for, it does not have either.
            if (_switches[index] is not null)
            {
                _switches[index](config, Proposals.Switched[index].IsOn ? (byte)1 : (byte)0);
            }
        }
    }
}
