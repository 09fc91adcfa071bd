using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Holds what a module starts with against the limits; Wasmtime's own refusal would be a text.</summary>
internal static class InstanceSize
{
    internal static void CheckMemories(ModuleDescription module, EngineLimits limits) => Check(
        nameof(EngineLimits.MemoryPages), limits.MemoryPages, module.Memories.Sum(memory => memory.Limits.Minimum));

    /// <summary>
    /// The most elements that each table may have, so that together they never have more than is granted.
    /// </summary>
    /// <remarks>
    /// Wasmtime takes one number for all tables of a store. A module whose largest table leaves the others too little
    /// room is refused, although it might never grow one.
    /// </remarks>
    internal static uint DecideTableLimit(ModuleDescription module, EngineLimits limits)
    {
        Check(
            nameof(EngineLimits.TableElements),
            limits.TableElements,
            module.Tables.Sum(table => table.Limits.Minimum));
        if (module.Tables.Length <= 1)
        {
            return limits.TableElements;
        }

        uint least = module.Tables.Max(table => table.Limits.Minimum);
        Check(nameof(EngineLimits.TableElements), limits.TableElements, Most(module, least));
        uint most = limits.TableElements;
        while (least < most)
        {
            uint middle = most - ((most - least) / 2);
            (least, most) = Most(module, middle) <= limits.TableElements ? (middle, most) : (least, middle - 1);
        }

        return least;
    }

    /// <summary>What all tables could have if each may have that many elements.</summary>
    private static long Most(ModuleDescription module, uint each) =>
        module.Tables.Sum(table => (long)Math.Min(each, Maximum(table)));

    private static uint Maximum(TableType table) => table.Limits.Maximum ?? uint.MaxValue;

    private static void Check(string limit, long allowed, long requested)
    {
        if (requested > allowed)
        {
            throw new WasmtimeLimitException(limit, allowed, requested);
        }
    }
}
