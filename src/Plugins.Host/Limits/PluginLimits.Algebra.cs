using System.Globalization;
using Plugins.Manifest;

namespace Plugins.Host.Limits;

public sealed partial record PluginLimits
{
    /// <summary>The limits of a plugin that asks for none, as a new object.</summary>
    /// <remarks>Never shared: a configuration binder writes to init-only properties of what it finds.</remarks>
    public static PluginLimits Default => new();

    /// <summary>The default ceiling for every plugin, as a new object.</summary>
    public static PluginLimits DefaultCeiling => new()
    {
        Fuel = 10_000_000_000,
        WallTime = TimeSpan.FromSeconds(30),
        MemoryPages = 4_096,
        TableElements = 100_000,
        StackBytes = 1 << 20,
        CallDepth = 10_000,
        InputBytes = 64 << 20,
        OutputBytes = 64 << 20,
        StreamedInputBytes = 16L << 30,
        StreamedOutputBytes = 16L << 30,
        ErrorBytes = 64 * 1024,
        LogBytes = 1 << 20,
        LogEntries = 10_000,
        CapabilityRequestBytes = 16 << 20,
        CapabilityResultBytes = 16 << 20,
        HostCalls = 100_000,
    };

    /// <summary>Tells whether none of these limits is above one of others.</summary>
    /// <param name="ceiling">The others.</param>
    /// <returns>True if each is at most its counterpart.</returns>
    public bool IsWithin(PluginLimits ceiling)
    {
        ArgumentNullException.ThrowIfNull(ceiling);
        return Entries().Zip(ceiling.Entries()).All(pair => pair.First.Value <= pair.Second.Value);
    }

    /// <summary>Every limit that is not positive, or larger than can be enforced; empty when all are fine.</summary>
    /// <param name="prefix">Stands before the names of limits.</param>
    /// <remarks>Queries over tuples are never compiled ahead of time, and every host would wait for the JIT.</remarks>
    internal IEnumerable<string> FindFaults(string prefix)
    {
        foreach ((string name, long value, long maximum) in Entries())
        {
            if (value <= 0 || value > maximum)
            {
                yield return $"{prefix}{name} is out of range: it must be from 1 to {Text(name, maximum)}.";
            }
        }
    }

    /// <summary>Every default that somebody set above its ceiling, where it would have no effect.</summary>
    /// <param name="ceiling">The ceilings.</param>
    /// <param name="prefix">Stands before the names of the defaults.</param>
    /// <param name="ceilingPrefix">Stands before the names of the ceilings.</param>
    /// <remarks>A ceiling alone may be lowered: what this library sets by itself follows it.</remarks>
    internal IEnumerable<string> FindExcess(PluginLimits ceiling, string prefix, string ceilingPrefix)
    {
        (string Name, long Value, long Maximum)[] entries = Entries();
        (string Name, long Value, long Maximum)[] ceilings = ceiling.Entries();
        (string Name, long Value, long Maximum)[] defaults = Default.Entries();
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Value > ceilings[i].Value && entries[i].Value != defaults[i].Value)
            {
                string name = entries[i].Name;
                yield return $"{prefix}{name} is above its ceiling: {ceilingPrefix}{name} is "
                    + $"{Text(name, ceilings[i].Value)}.";
            }
        }
    }

    /// <summary>The largest value that a limit can have, in its unit or in ticks.</summary>
    internal static long MaximumOf(string name) => Default.Entries().Single(limit => limit.Name == name).Maximum;

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
        StreamedInputBytes = Pick(
            requested.StreamedInputBytes, defaults.StreamedInputBytes, ceiling.StreamedInputBytes),
        StreamedOutputBytes = Pick(
            requested.StreamedOutputBytes, defaults.StreamedOutputBytes, ceiling.StreamedOutputBytes),
        ErrorBytes = (int)Pick(requested.ErrorBytes, defaults.ErrorBytes, ceiling.ErrorBytes),
        LogBytes = (int)Pick(requested.LogBytes, defaults.LogBytes, ceiling.LogBytes),
        LogEntries = Math.Min(defaults.LogEntries, ceiling.LogEntries),
        CapabilityRequestBytes = (int)Pick(
            requested.CapabilityBytes, defaults.CapabilityRequestBytes, ceiling.CapabilityRequestBytes),
        CapabilityResultBytes = (int)Pick(
            requested.CapabilityBytes, defaults.CapabilityResultBytes, ceiling.CapabilityResultBytes),
        HostCalls = (int)Pick(requested.HostCalls, defaults.HostCalls, ceiling.HostCalls),
    };

    private (string Name, long Value, long Maximum)[] Entries() =>
    [
        (nameof(Fuel), Fuel, long.MaxValue / 2),
        (nameof(WallTime), WallTime.Ticks, TimeSpan.FromDays(1).Ticks),
        (nameof(MemoryPages), MemoryPages, 65_536),
        (nameof(TableElements), TableElements, 10_000_000),
        (nameof(StackBytes), StackBytes, 64 << 20),
        (nameof(CallDepth), CallDepth, int.MaxValue),
        (nameof(InputBytes), InputBytes, long.MaxValue),
        (nameof(OutputBytes), OutputBytes, long.MaxValue),
        (nameof(StreamedInputBytes), StreamedInputBytes, long.MaxValue),
        (nameof(StreamedOutputBytes), StreamedOutputBytes, long.MaxValue),
        (nameof(ErrorBytes), ErrorBytes, Array.MaxLength),
        (nameof(LogBytes), LogBytes, int.MaxValue),
        (nameof(LogEntries), LogEntries, int.MaxValue),
        (nameof(CapabilityRequestBytes), CapabilityRequestBytes, Array.MaxLength),
        (nameof(CapabilityResultBytes), CapabilityResultBytes, Array.MaxLength),
        (nameof(HostCalls), HostCalls, int.MaxValue),
    ];

    private static string Text(string name, long value) => name is nameof(WallTime)
        ? TimeSpan.FromTicks(value).ToString("c", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    private static long Pick(long? requested, long fallback, long ceiling) => Math.Min(requested ?? fallback, ceiling);

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan PickTime(long? milliseconds, TimeSpan fallback, TimeSpan ceiling) =>
        milliseconds is not long asked ? Smaller(fallback, ceiling)
        : asked >= ceiling.TotalMilliseconds ? ceiling
        : TimeSpan.FromMilliseconds(asked);
}
