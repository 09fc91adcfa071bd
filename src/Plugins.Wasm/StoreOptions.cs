namespace Plugins.Wasm;

/// <summary>The limits of one <see cref="Store"/>.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record StoreOptions
{
    /// <summary>The defaults, in an object of the caller's own.</summary>
    public static StoreOptions Default => new();

    /// <summary>Bytes of native stack that nested calls may use, host functions between them included.</summary>
    /// <value>1 MiB. A thread with less traps earlier.</value>
    public int StackBytes { get; init; } = 1 << 20;

    /// <summary>Nested calls. A function that calls no other may stand one deeper than one that does.</summary>
    /// <value>10,000.</value>
    public int CallDepth { get; init; } = 10_000;

    /// <summary>Pages of 64 KiB of all memories together.</summary>
    /// <value>65,536 (4 GiB).</value>
    public uint MemoryPages { get; init; } = 65_536;

    /// <summary>Where the pages of memories are taken from, besides.</summary>
    /// <value>Null: from nowhere.</value>
    /// <remarks>What it refuses, <c>memory.grow</c> answers with -1, as it does at <see cref="MemoryPages"/>.</remarks>
    public IMemoryBudget? MemoryBudget { get; init; }

    /// <summary>Elements of all tables together.</summary>
    /// <value>10,000,000.</value>
    public uint TableElements { get; init; } = 10_000_000;

    /// <summary>Bytes of all garbage-collected objects together that may still be in use.</summary>
    /// <value>1 GiB.</value>
    /// <remarks>
    /// Counted in groups of up to 16 KiB of one type, with what the runtime takes for each object: 24 bytes and 8 for
    /// each field, or 56 bytes and an array's elements. A guest that keeps more traps with
    /// <see cref="TrapKind.HeapExhausted"/>.
    /// </remarks>
    public long HeapBytes { get; init; } = 1L << 30;

    /// <summary>Garbage-collected objects that may still be in use.</summary>
    /// <value>50,000,000.</value>
    public long HeapObjects { get; init; } = 50_000_000;

    /// <summary>Instances ever made in the store.</summary>
    /// <value>10,000.</value>
    public int Instances { get; init; } = 10_000;

    /// <summary>The allocation of memories' bytes.</summary>
    /// <value><see cref="MemoryBacking.Automatic"/>.</value>
    public MemoryBacking MemoryBacking { get; init; }
}
