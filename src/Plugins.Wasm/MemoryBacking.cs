namespace Plugins.Wasm;

/// <summary>The allocation of a linear memory's bytes.</summary>
public enum MemoryBacking
{
    /// <summary>
    /// Heap blocks while a memory is small (up to 1 MiB), then a reservation where the system has them.
    /// </summary>
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
