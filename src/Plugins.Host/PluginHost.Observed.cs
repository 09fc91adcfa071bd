using System.Diagnostics.Metrics;
using Plugins.Host.Budgets;
using Plugins.Host.Telemetry;

namespace Plugins.Host;

public sealed partial class PluginHost
{
    private void ObservePools()
    {
        Environment.Telemetry.Observe(
            PluginTelemetry.Instances, "{instance}", "Pooled instances, idle and used.", CountInstances);
        Environment.Telemetry.Observe(
            PluginTelemetry.QueueLength, "{call}", "Calls that wait for an instance or a quota.", CountWaiting);
        Environment.Telemetry.Observe(
            PluginTelemetry.AbandonedOperations,
            "{operation}",
            "Code of the application that runs on after its call was stopped.",
            CountAbandoned);
        if (Environment.Memory is { } memory)
        {
            Environment.Telemetry.Observe(
                PluginTelemetry.MemoryUsed, "By", "Linear memory of all instances.", () => CountMemory(memory));
        }
    }

    private IEnumerable<Measurement<int>> CountInstances() =>
        from plugin in Snapshot().GroupBy(plugin => plugin.IdText, StringComparer.Ordinal)
        let counts = plugin.Select(version => version.CountInstances()).ToArray()
        from measurement in new[]
        {
            MeasurementOf(plugin.Key, counts.Sum(count => count.Idle), "idle"),
            MeasurementOf(plugin.Key, counts.Sum(count => count.Used), "used"),
        }
        select measurement;

    private IEnumerable<Measurement<int>> CountWaiting() =>
        from plugin in Snapshot().GroupBy(plugin => plugin.IdText, StringComparer.Ordinal)
        select new Measurement<int>(
            plugin.Sum(version => version.WaitingCalls),
            new KeyValuePair<string, object?>(HostTelemetry.PluginId, plugin.Key));

    private IEnumerable<Measurement<int>> CountAbandoned() =>
        from plugin in Environment.Abandoned
        select new Measurement<int>(
            plugin.Value, new KeyValuePair<string, object?>(HostTelemetry.PluginId, plugin.Key));

    private static IEnumerable<Measurement<long>> CountMemory(HostMemory memory) =>
        from plugin in memory.CountPlugins()
        select new Measurement<long>(
            plugin.Bytes, new KeyValuePair<string, object?>(HostTelemetry.PluginId, plugin.Plugin));

    private static Measurement<int> MeasurementOf(string plugin, int count, string state) => new(
        count, new(HostTelemetry.PluginId, plugin), new(HostTelemetry.InstanceState, state));

    private Plugin[] Snapshot()
    {
        lock (_plugins)
        {
            return [.. _plugins];
        }
    }
}
