using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Types;
using TypeLimits = Plugins.Wasm.Types.Limits;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>Holds what a module starts with against the limits; Wasmtime's own refusal would be a text.</summary>
internal static class InstanceSize
{
    /// <summary>
    /// The most pages that each memory may have, so that together they never have more than is granted.
    /// </summary>
    /// <remarks>As with tables.</remarks>
    internal static uint DecideMemoryLimit(ModuleDescription module, EngineLimits limits) => Decide(
        nameof(EngineLimits.MemoryPages),
        limits.MemoryPages,
        [.. module.Memories.Select(PagesOf)]);

    /// <summary>
    /// The most elements that each table may have, so that together they never have more than is granted.
    /// </summary>
    /// <remarks>
    /// Wasmtime takes one number for all tables of a store, and one for all memories. A module whose largest leaves the
    /// others too little room is refused, although it might never grow one.
    /// </remarks>
    internal static uint DecideTableLimit(ModuleDescription module, EngineLimits limits) => Decide(
        nameof(EngineLimits.TableElements),
        limits.TableElements,
        [.. module.Tables.Select(table => table.Limits)]);

    /// <summary>The most pages of 64 KiB that all memories together may come to have.</summary>
    internal static uint MostMemory(ModuleDescription module, EngineLimits limits) => (uint)Math.Min(
        limits.MemoryPages,
        module.Memories.Sum(memory => (long)Math.Min(PagesOf(memory).Maximum ?? uint.MaxValue, uint.MaxValue)));

    /// <summary>The pages of 64 KiB that a memory starts with.</summary>
    internal static uint LeastMemory(MemoryType memory) => (uint)Math.Min(PagesOf(memory).Minimum, uint.MaxValue);

    /// <summary>The limits of a memory in pages of 64 KiB, by which they are granted.</summary>
    private static TypeLimits PagesOf(MemoryType memory) => memory.PageBytes == LinearMemory.PageBytes
        ? memory.Limits
        : new TypeLimits(PagesOf(memory.Limits.Minimum), memory.Limits.Maximum is ulong most ? PagesOf(most) : null);

    private static ulong PagesOf(ulong bytes) =>
        (bytes / LinearMemory.PageBytes) + (bytes % LinearMemory.PageBytes == 0 ? 0u : 1u);

    private static uint Decide(string name, uint granted, TypeLimits[] all)
    {
        Check(name, granted, all.Sum(one => (long)Math.Min(one.Minimum, uint.MaxValue)));
        if (all.Length <= 1)
        {
            return granted;
        }

        uint least = (uint)all.Max(one => one.Minimum);
        Check(name, granted, Most(all, least));
        uint most = granted;
        while (least < most)
        {
            uint middle = most - ((most - least) / 2);
            (least, most) = Most(all, middle) <= granted ? (middle, most) : (least, middle - 1);
        }

        return least;
    }

    /// <summary>What all could have if each may have that much.</summary>
    private static long Most(TypeLimits[] all, uint each) =>
        all.Sum(one => (long)Math.Min(each, one.Maximum ?? each));

    private static void Check(string limit, long allowed, long requested)
    {
        if (requested > allowed)
        {
            throw new WasmtimeLimitException(limit, allowed, requested);
        }
    }
}
