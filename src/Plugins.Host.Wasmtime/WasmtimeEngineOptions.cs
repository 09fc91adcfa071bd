using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Plugins.Host.Wasmtime;

/// <summary>Where Wasmtime's library is, and what its engine sets aside for instances.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record WasmtimeEngineOptions
{
    /// <summary>The defaults, in an object of the caller's own.</summary>
    public static WasmtimeEngineOptions Default => new();

    /// <summary>The library's file, instead of the places where it is looked for.</summary>
    /// <value>
    /// Null: the NuGet package <c>Wasmtime</c>, the application's folder, then the system.
    /// </value>
    public string? LibraryPath { get; init; }

    /// <summary>Bytes of native stack for nested calls, host functions between them included.</summary>
    /// <value>512 KiB; from 64 KiB to 16 MiB.</value>
    /// <remarks>
    /// For all plugins alike: the limits that a plugin is granted do not change it. Where a thread has less left, the
    /// call runs on a thread of its own.
    /// </remarks>
    public int StackBytes { get; init; } = 512 * 1024;

    /// <summary>Instances that can exist at a time, each with a slot of reserved address space.</summary>
    /// <value>
    /// 1,000, which reserve some 4 TiB of addresses and no memory. 0: nothing is reserved, and instances cost more.
    /// </value>
    /// <remarks>Counted for metered and for unmetered modules each.</remarks>
    public int PooledInstances { get; init; } = 1_000;

    /// <summary>Elements that the table of a pooled instance can have at the most.</summary>
    /// <value>100,000. A module that starts with more, or with several tables, is not pooled.</value>
    public int PooledTableElements { get; init; } = 100_000;

    /// <summary>Bytes of a memory that stay in its slot between instances, cleared instead of unmapped.</summary>
    /// <value>64 KiB.</value>
    public int ResidentMemoryBytes { get; init; } = 64 * 1024;

    /// <summary>A directory where compiled modules are kept for later processes of the same user.</summary>
    /// <value>Null: none are kept.</value>
    /// <remarks>
    /// What it holds is run as native code. On Unix it is made with mode 0700, and refused where others have access; on
    /// Windows name a place in the user's profile, whose access list it inherits. docs/engines.md says what its
    /// integrity tags protect from.
    /// </remarks>
    public string? CacheDirectory { get; init; }

    /// <summary>Bytes that the directory may have; beyond, what was not used for longest is deleted.</summary>
    /// <value>512 MiB.</value>
    public long CacheBytes { get; init; } = 512L << 20;

    /// <summary>Takes what there is to say about the directory under <c>Plugins.Host.Wasmtime.Cache</c>.</summary>
    /// <value>None: nothing is logged.</value>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal const int LeastStackBytes = 64 * 1024;
    internal const int MostStackBytes = 16 * 1024 * 1024;
    internal const int MostPooledInstances = 1_000_000;
    internal const int MostPooledTableElements = 10_000_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StackBytes, LeastStackBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StackBytes, MostStackBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(PooledInstances);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PooledInstances, MostPooledInstances);
        ArgumentOutOfRangeException.ThrowIfNegative(PooledTableElements);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PooledTableElements, MostPooledTableElements);
        ArgumentOutOfRangeException.ThrowIfNegative(ResidentMemoryBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(CacheBytes);
        ArgumentNullException.ThrowIfNull(LoggerFactory);
    }
}
