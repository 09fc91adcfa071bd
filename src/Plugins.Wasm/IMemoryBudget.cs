namespace Plugins.Wasm;

/// <summary>Memory that stores share: each takes pages before it has them, and returns them afterwards.</summary>
/// <remarks>
/// Its methods are called by the threads of the stores, many at once, in the middle of guest code too; they must not
/// throw, nor use the store that calls. A store that is never disposed returns nothing.
/// </remarks>
public interface IMemoryBudget
{
    /// <summary>Takes pages of 64 KiB, all or as many as there are.</summary>
    /// <param name="least">The fewest that are of any use.</param>
    /// <param name="most">The number wanted, which is not smaller.</param>
    /// <returns>The number taken; 0 where there are fewer than <paramref name="least"/>.</returns>
    uint TakePages(uint least, uint most);

    /// <summary>Returns pages that were taken.</summary>
    /// <param name="pages">How many.</param>
    void ReturnPages(uint pages);
}
