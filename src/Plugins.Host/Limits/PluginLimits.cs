namespace Plugins.Host.Limits;

/// <summary>Limits for a plugin: per call, and per instance while it lives.</summary>
/// <remarks>
/// All are finite. A plugin gets the smallest of the host's ceiling and what its manifest asks for, or the host's
/// default where it asks for nothing. Initialisation has the limits of a call of its own; where it is run again for
/// each call, it has fuel and time of that call. Immutable and safe for use by many threads. docs/limits.md has the
/// table.
/// </remarks>
public sealed partial record PluginLimits
{
    /// <summary>Creates the default limits.</summary>
    public PluginLimits()
    {
    }

    /// <summary>Units of fuel: one for each WebAssembly operator, and one for each 64 bytes moved.</summary>
    /// <value>1,000,000,000: about a second of work.</value>
    public long Fuel { get; init; } = 1_000_000_000;

    /// <summary>Wall-clock time, capabilities and reading of typed payloads included.</summary>
    /// <value>One second.</value>
    /// <remarks>Enforced within about 10 ms of it. Compiling is no part of it.</remarks>
    public TimeSpan WallTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Pages of 64 KiB of linear memory; per instance.</summary>
    /// <value>256, which is 16 MiB.</value>
    public int MemoryPages { get; init; } = 256;

    /// <summary>Elements of all tables together; per instance.</summary>
    /// <value>10,000.</value>
    public int TableElements { get; init; } = 10_000;

    /// <summary>Bytes of native stack that guest frames may use.</summary>
    /// <value>512 KiB.</value>
    public int StackBytes { get; init; } = 512 * 1024;

    /// <summary>Depth of nested guest calls.</summary>
    /// <value>2,000.</value>
    public int CallDepth { get; init; } = 2_000;

    /// <summary>Bytes of input that is given whole.</summary>
    /// <value>4 MiB.</value>
    public long InputBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of output that is collected until the call has succeeded.</summary>
    /// <value>4 MiB.</value>
    public long OutputBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of input that comes from a stream or a pipe, which the host does not keep.</summary>
    /// <value>64 MiB.</value>
    public long StreamedInputBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of output that goes to a stream or a pipe as it is written.</summary>
    /// <value>64 MiB.</value>
    public long StreamedOutputBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of error text.</summary>
    /// <value>4 KiB.</value>
    public int ErrorBytes { get; init; } = 4 * 1024;

    /// <summary>Bytes of log text; entries beyond are counted and dropped.</summary>
    /// <value>16 KiB.</value>
    public int LogBytes { get; init; } = 16 * 1024;

    /// <summary>Log entries; those beyond are counted and dropped.</summary>
    /// <value>100.</value>
    public int LogEntries { get; init; } = 100;

    /// <summary>Bytes of one capability request; the guest sees a longer one refused with status -3.</summary>
    /// <value>1 MiB.</value>
    public int CapabilityRequestBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of one capability result; the guest sees status -3 in place of a longer one.</summary>
    /// <value>1 MiB.</value>
    public int CapabilityResultBytes { get; init; } = 1 << 20;

    /// <summary>Calls of capabilities.</summary>
    /// <value>1,000.</value>
    public int HostCalls { get; init; } = 1_000;
}
