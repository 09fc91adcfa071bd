namespace Plugins.Manifest;

/// <summary>Limits per call that the plugin asks for; the application may give less.</summary>
/// <remarks>
/// Each is <see langword="null"/> when the plugin does not care, else from 1 to
/// <see cref="PluginManifest.MaxInteger"/>. Immutable and safe for use by many threads.
/// </remarks>
public sealed record RequestedLimits
{
    /// <summary>Work, in the engine's fuel units.</summary>
    public long? Fuel { get; init; }

    /// <summary>Time from call to return, in milliseconds.</summary>
    public long? WallTimeMilliseconds { get; init; }

    /// <summary>Linear memory, in pages of 64 KiB.</summary>
    public long? MemoryPages { get; init; }

    /// <summary>Elements of all tables together.</summary>
    public long? TableElements { get; init; }

    /// <summary>Native stack, in bytes.</summary>
    public long? StackBytes { get; init; }

    /// <summary>Nested guest calls.</summary>
    public long? CallDepth { get; init; }

    /// <summary>Input of one call, in bytes.</summary>
    public long? InputBytes { get; init; }

    /// <summary>Output of one call, in bytes.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>Input of one call that is read as a stream, in bytes.</summary>
    public long? StreamedInputBytes { get; init; }

    /// <summary>Output of one call that is written to a stream, in bytes.</summary>
    public long? StreamedOutputBytes { get; init; }

    /// <summary>Error message of one call, in bytes.</summary>
    public long? ErrorBytes { get; init; }

    /// <summary>Log text of one call, in bytes.</summary>
    public long? LogBytes { get; init; }

    /// <summary>Requests to and results of capabilities in one call, in bytes.</summary>
    public long? CapabilityBytes { get; init; }

    /// <summary>Calls from the guest to the host in one call.</summary>
    public long? HostCalls { get; init; }
}
