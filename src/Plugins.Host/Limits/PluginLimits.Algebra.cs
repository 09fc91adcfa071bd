using Plugins.Manifest;

namespace Plugins.Host.Limits;

public sealed partial record PluginLimits
{
    /// <summary>What a plugin gets when it asks for nothing.</summary>
    public static PluginLimits Default { get; } = new();

    /// <summary>
    /// What a plugin gets at the most, however much it asks for, unless the application says otherwise.
    /// </summary>
    public static PluginLimits DefaultCeiling { get; } = new()
    {
        Fuel = 10_000_000_000,
        WallTime = TimeSpan.FromSeconds(30),
        MemoryPages = 4_096,
        TableElements = 100_000,
        StackBytes = 1 << 20,
        CallDepth = 10_000,
        InputBytes = 64 << 20,
        OutputBytes = 64 << 20,
        ErrorBytes = 64 * 1024,
        LogBytes = 1 << 20,
        LogEntries = 10_000,
        CapabilityRequestBytes = 16 << 20,
        CapabilityResultBytes = 16 << 20,
        HostCalls = 100_000,
    };

    /// <summary>Every limit that is not positive, or larger than can be enforced; empty when all are fine.</summary>
    internal IEnumerable<string> FindFaults(string name)
    {
        (string Name, long Value, long Maximum)[] limits =
        [
            (nameof(Fuel), Fuel, long.MaxValue / 2),
            (nameof(WallTime), WallTime.Ticks, TimeSpan.FromDays(1).Ticks),
            (nameof(MemoryPages), MemoryPages, 65_536),
            (nameof(TableElements), TableElements, 10_000_000),
            (nameof(StackBytes), StackBytes, 64 << 20),
            (nameof(CallDepth), CallDepth, int.MaxValue),
            (nameof(InputBytes), InputBytes, long.MaxValue),
            (nameof(OutputBytes), OutputBytes, long.MaxValue),
            (nameof(ErrorBytes), ErrorBytes, Array.MaxLength),
            (nameof(LogBytes), LogBytes, int.MaxValue),
            (nameof(LogEntries), LogEntries, int.MaxValue),
            (nameof(CapabilityRequestBytes), CapabilityRequestBytes, Array.MaxLength),
            (nameof(CapabilityResultBytes), CapabilityResultBytes, Array.MaxLength),
            (nameof(HostCalls), HostCalls, int.MaxValue),
        ];
        return limits
            .Where(limit => limit.Value <= 0 || limit.Value > limit.Maximum)
            .Select(limit => $"{name}.{limit.Name} is out of range: it must be from 1 to {limit.Maximum}.");
    }

    /// <summary>The limits of a plugin: what it asks for or the default, and never more than the ceiling.</summary>
    internal static PluginLimits Decide(RequestedLimits requested, PluginLimits defaults, PluginLimits ceiling) => new()
    {
        Fuel = Pick(requested.Fuel, defaults.Fuel, ceiling.Fuel),
        WallTime = PickTime(requested.WallTimeMilliseconds, defaults.WallTime, ceiling.WallTime),
        MemoryPages = (int)Pick(requested.MemoryPages, defaults.MemoryPages, ceiling.MemoryPages),
        TableElements = (int)Pick(requested.TableElements, defaults.TableElements, ceiling.TableElements),
        StackBytes = (int)Pick(requested.StackBytes, defaults.StackBytes, ceiling.StackBytes),
        CallDepth = (int)Pick(requested.CallDepth, defaults.CallDepth, ceiling.CallDepth),
        InputBytes = Pick(requested.InputBytes, defaults.InputBytes, ceiling.InputBytes),
        OutputBytes = Pick(requested.OutputBytes, defaults.OutputBytes, ceiling.OutputBytes),
        ErrorBytes = (int)Pick(requested.ErrorBytes, defaults.ErrorBytes, ceiling.ErrorBytes),
        LogBytes = (int)Pick(requested.LogBytes, defaults.LogBytes, ceiling.LogBytes),
        LogEntries = Math.Min(defaults.LogEntries, ceiling.LogEntries),
        CapabilityRequestBytes = (int)Pick(
            requested.CapabilityBytes, defaults.CapabilityRequestBytes, ceiling.CapabilityRequestBytes),
        CapabilityResultBytes = (int)Pick(
            requested.CapabilityBytes, defaults.CapabilityResultBytes, ceiling.CapabilityResultBytes),
        HostCalls = (int)Pick(requested.HostCalls, defaults.HostCalls, ceiling.HostCalls),
    };

    private static long Pick(long? requested, long fallback, long ceiling) => Math.Min(requested ?? fallback, ceiling);

    private static TimeSpan PickTime(long? milliseconds, TimeSpan fallback, TimeSpan ceiling) =>
        milliseconds is not long asked ? (fallback < ceiling ? fallback : ceiling)
        : asked >= ceiling.TotalMilliseconds ? ceiling
        : TimeSpan.FromMilliseconds(asked);
}
