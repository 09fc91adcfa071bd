using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Measuring;
using Plugins.Benchmarks.Tables;
using Plugins.Host;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Engines;
using Plugins.Host.Quotas;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Production;

/// <summary>What do quotas, budgets and circuit breakers add to a call, where all of them let it through?</summary>
internal static class RuleTable
{
    private const int Calls = 1_000;

    private static readonly CallQuota Places = new() { ConcurrentCalls = 100 };
    private static readonly CallQuota PlacesAndFuel = Places with { Fuel = 1L << 50 };

    private static readonly (string Name, Action<PluginHostOptions> Set, PluginCircuitBreaker? Breaker)[] Rules =
    [
        ("nothing", _ => { }, null),
        ("the plugin's calls at a time", options => options.PluginQuota = Places, null),
        ("the plugin's and the tenant's", options => Limit(options, Places), null),
        ("both, and their fuel", options => Limit(options, PlacesAndFuel), null),
        ("memory budgets", Budget, null),
        ("a circuit breaker", _ => { }, new PluginCircuitBreaker()),
        ("all of these", options => Budget(Limit(options, PlacesAndFuel)), new PluginCircuitBreaker()),
    ];

    public static void Write(TextWriter output)
    {
        using var wasmtime = new WasmtimeEngine();
        var columns = new[] { Measure(EmbeddedEngine.Instance), Measure(wasmtime) };
        output.WriteLine("| configured | embedded | bytes | Wasmtime | bytes |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        for (var row = 0; row < Rules.Length; row++)
        {
            var cells = columns.Select(column => row == 0
                ? $"{DurationText.Of(column[0].Nanoseconds)} | {Text(column[0].Bytes)}"
                : $"+ {DurationText.Of(Math.Max(column[row].Nanoseconds - column[0].Nanoseconds, 0))} | "
                    + Text(column[row].Bytes));
            output.WriteLine($"| {Rules[row].Name} | {string.Join(" | ", cells)} |");
        }
    }

    private static (double Nanoseconds, long Bytes)[] Measure(IPluginEngine engine)
    {
        RuledPlugin[] plugins = [.. Rules.Select(rule => new RuledPlugin(
            GuestFile.Small,
            options =>
            {
                options.Engine = engine;
                rule.Set(options);
            },
            rule.Breaker))];
        var times = BestOf.Run([.. plugins.Select((plugin, row) => new Candidate(Rules[row].Name, plugin.Call))]);
        var bytes = plugins.Select(AllocatedBy).ToArray();
        Array.ForEach(plugins, plugin => plugin.Dispose());
        return [.. times.Zip(bytes)];
    }

    private static long AllocatedBy(RuledPlugin plugin)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < Calls; call++)
        {
            plugin.Call();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Calls;
    }

    private static PluginHostOptions Limit(PluginHostOptions options, CallQuota quota)
    {
        options.PluginQuota = quota;
        options.TenantQuota = quota;
        return options;
    }

    private static void Budget(PluginHostOptions options)
    {
        options.MemoryBudget = 1L << 30;
        options.PluginMemoryBudget = 1L << 29;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
