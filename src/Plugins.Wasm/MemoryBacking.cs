namespace Plugins.Wasm;

/// <summary>The allocation of a linear memory's bytes.</summary>
public enum MemoryBacking
{
    /// <summary>
    /// Small memories share reservations on Linux and are heap blocks elsewhere; large ones have reservations.
    /// </summary>
    /// <remarks>Up to 1 MiB is small. Where the system reserves nothing, all are heap blocks.</remarks>
    Automatic,

    /// <summary>Heap blocks of any size; growth may move them. Works on every system.</summary>
    Portable,

    /// <summary>8 GiB of address space per memory, of which only the memory's own bytes are accessible.</summary>
    /// <remarks>
    /// An access that escaped the bounds check would end the process instead of reading it. Costs some 20 µs per
    /// memory.
    /// </remarks>
    Reserved,
}
