using Plugins.Wasm;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Decides whether instances of a module go into the reserved slots.</summary>
internal static class PoolFit
{
    internal static bool IsPooled(ModuleDescription module, WasmtimeEngineOptions options) =>
        options.PooledInstances > 0
        && module.Memories.Length <= 1
        && module.Tables.Length <= 1
        && module.Tables.All(table => table.Limits.Minimum <= (ulong)options.PooledTableElements);
}
