using Plugins.Wasm;

namespace Plugins.Host.Engines;

/// <summary>Limits for one instance, fixed for its life.</summary>
/// <param name="MemoryPages">Pages of 64 KiB, all memories together.</param>
/// <param name="TableElements">Elements, all tables together.</param>
/// <param name="StackBytes">Bytes of native stack for guest frames.</param>
/// <param name="CallDepth">Guest calls inside guest calls.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record EngineLimits(uint MemoryPages, uint TableElements, int StackBytes, int CallDepth)
{
    /// <summary>Where the instance's pages are taken from, besides; it returns them all when it is disposed.</summary>
    /// <value>Null: from nowhere.</value>
    /// <remarks>
    /// An engine whose memories grow without its knowing takes what they may grow to while guest code runs, and returns
    /// what they have not grown by when it has ended.
    /// </remarks>
    public IMemoryBudget? MemoryBudget { get; init; }
}
