using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Wasm;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Holds what a module starts with against the limits; Wasmtime's own refusal would be a text.</summary>
internal static class InstanceSize
{
    internal static void Check(ModuleDescription module, EngineLimits limits)
    {
        Check(nameof(EngineLimits.MemoryPages), limits.MemoryPages, module.Memories.Sum(memory => memory.Limits.Minimum));
        Check(nameof(EngineLimits.TableElements), limits.TableElements, module.Tables.Sum(table => table.Limits.Minimum));
    }

    private static void Check(string limit, long allowed, long requested)
    {
        if (requested > allowed)
        {
            throw new WasmtimeLimitException(limit, allowed, requested);
        }
    }
}
