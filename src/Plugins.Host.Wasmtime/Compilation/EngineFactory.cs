using System.Text;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Makes native engines: all that Wasmtime can be told before it runs anything.</summary>
internal static unsafe class EngineFactory
{
    private const int MostInstanceBytes = 16 << 20;
    private const int ResidentTableBytes = 64 * 1024;
    private const long MemorySlotBytes = (4L << 30) + (32L << 20);
    private const long TableElementBytes = 8;

    // What a native frame below the deepest guest frame may need, by which Wasmtime's own stacks must be larger.
    private const int HostStackBytes = 1 << 20;

    internal static EngineHandle Create(
        WasmtimeApi api, WasmtimeEngineOptions options, EngineConfiguration configuration)
    {
        if (configuration.IsPooled)
        {
            ThrowIfTooLarge(options);
        }

        var configs = api.Configs;
        var config = configs.New();
        configs.SetConsumeFuel(config, configuration.MeterFuel ? (byte)1 : (byte)0);
        configs.SetNaNCanonicalization(config, configuration.CanonicalizesNaNs ? (byte)1 : (byte)0);
        configs.SetEpochInterruption(config, 1);
        configs.SetMemoryInitCopyOnWrite(config, 1);
        configs.SetMaxWasmStack(config, (nuint)options.StackBytes);
        configs.SetAsyncStackSize(config, (nuint)(options.StackBytes + HostStackBytes));
        configs.SwitchProposals(config);
        if (configuration.IsPooled)
        {
            SetPool(api, config, options);
        }

        return new EngineHandle(api, api.Engines.NewEngine(config));
    }

    /// <summary>Every setting that decides what code a module becomes, for a cache's key.</summary>
    internal static string Describe(WasmtimeEngineOptions options, EngineConfiguration configuration)
    {
        var text = new StringBuilder();
        text.Append("fuel=").Append(configuration.MeterFuel).Append(";epochs=True;stack=").Append(options.StackBytes);
        text.Append(";nans=").Append(configuration.CanonicalizesNaNs);
        text.Append(";pooled=").Append(configuration.IsPooled);
        return text.Append(";features=").AppendJoin(',', Proposals.Features.Order(StringComparer.Ordinal)).ToString();
    }

    // Making an engine cannot fail in the C API: where it would, the process ends.
    private static void ThrowIfTooLarge(WasmtimeEngineOptions options)
    {
        var bytes = options.PooledInstances * (MemorySlotBytes + (TableElementBytes * options.PooledTableElements));
        if (!AddressSpace.CanReserve((ulong)bytes + MemorySlotBytes))
        {
            throw new WasmtimeAddressSpaceException(options.PooledInstances, bytes);
        }
    }

    private static void SetPool(WasmtimeApi api, nint config, WasmtimeEngineOptions options)
    {
        var pools = api.Pools;
        var pool = pools.New();
        var places = (uint)options.PooledInstances;
        pools.SetTotalInstances(pool, places);
        pools.SetTotalMemories(pool, places);
        pools.SetTotalTables(pool, places);
        pools.SetTotalHeaps(pool, places);
        pools.SetTotalStacks(pool, 0);
        pools.SetMemoriesPerModule(pool, 1);
        pools.SetTablesPerModule(pool, 1);
        pools.SetInstanceSize(pool, MostInstanceBytes);
        pools.SetTableElements(pool, (nuint)options.PooledTableElements);
        pools.SetResidentTableBytes(pool, ResidentTableBytes);
        pools.SetResidentMemoryBytes(pool, (nuint)options.ResidentMemoryBytes);
        api.Configs.SetPool(config, pool);
        pools.Delete(pool);
    }
}
