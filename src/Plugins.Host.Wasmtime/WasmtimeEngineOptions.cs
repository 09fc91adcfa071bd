using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Plugins.Host.Wasmtime;

/// <summary>Settings of a Wasmtime engine: its library, stack, instance pool and cache.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record WasmtimeEngineOptions
{
    /// <summary>The defaults, in an object of the caller's own.</summary>
    public static WasmtimeEngineOptions Default => new();

    /// <summary>A library file to load instead of the NuGet package's.</summary>
    /// <value>
    /// Null: the library of the NuGet package <c>Wasmtime</c>, else of the application's folder, else of the system.
    /// </value>
    /// <remarks>Version 48 or later; docs/engines.md lists the places that are searched without a path.</remarks>
    public string? LibraryPath { get; init; }

    /// <summary>Native stack for nested calls in bytes, including host functions between them.</summary>
    /// <value>512 KiB; from 64 KiB to 16 MiB.</value>
    /// <remarks>
    /// The same for all plugins, whatever their limits say. If the calling thread has less left, the call runs on
    /// another thread.
    /// </remarks>
    public int StackBytes { get; init; } = 512 * 1024;

    /// <summary>Largest number of instances at one time, each in a slot of address space.</summary>
    /// <value>
    /// 1,000, which reserve some 4 TiB of addresses and no memory. 0: nothing is reserved, and instances cost more.
    /// </value>
    /// <remarks>Metered and unmetered modules are counted separately.</remarks>
    public int PooledInstances { get; init; } = 1_000;

    /// <summary>The largest table, in elements, that a pooled instance can have.</summary>
    /// <value>100,000. A module that starts with more, or with several tables, is not pooled.</value>
    public int PooledTableElements { get; init; } = 100_000;

    /// <summary>Bytes at the start of a memory that are cleared, not unmapped, when its slot is used again.</summary>
    /// <value>64 KiB.</value>
    public int ResidentMemoryBytes { get; init; } = 64 * 1024;

    /// <summary>A directory that keeps compiled modules for later processes of the same user.</summary>
    /// <value>Null: none are kept.</value>
    /// <remarks>
    /// Its contents are run as native code. On Unix it is made with mode 0700, and refused if others have access; on
    /// Windows, name a place in the user's profile, whose access list it inherits. docs/engines.md says what its
    /// integrity tags protect from.
    /// </remarks>
    public string? CacheDirectory { get; init; }

    /// <summary>Size limit of the cache directory in bytes; entries unused for longest are deleted first.</summary>
    /// <value>512 MiB.</value>
    public long CacheBytes { get; init; } = 512L << 20;

    /// <summary>Receives messages about the directory, in the category <c>Plugins.Host.Wasmtime.Cache</c>.</summary>
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
