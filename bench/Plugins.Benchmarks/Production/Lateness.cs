using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Host;
using Plugins.Host.Engines;
using Plugins.Host.Errors;

namespace Plugins.Benchmarks.Production;

/// <summary>How long after their deadline do calls end that never would?</summary>
internal static class Lateness
{
    private const int Calls = 200;

    private static readonly PluginCallOptions Options = new() { WallTime = TimeSpan.FromMilliseconds(20) };

    public static string Measure(IPluginEngine engine)
    {
        using var guest = new GuestPlugin(GuestFile.Small, engine, meters: false, "spin");
        var late = new double[Environment.ProcessorCount * Calls];
        Thread[] callers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(index => new Thread(() =>
        {
            for (var call = 0; call < Calls; call++)
            {
                late[(index * Calls) + call] = Spin(guest.Plugin);
            }
        }))];
        Array.ForEach(callers, caller => caller.Start());
        Array.ForEach(callers, caller => caller.Join());
        Array.Sort(late);
        return string.Create(
            CultureInfo.InvariantCulture, $"{late[late.Length * 95 / 100]:0.0} ms; {late[^1]:0.0} ms");
    }

    private static double Spin(Plugin plugin)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            plugin.Call("spin", default, Options);
        }
        catch (PluginTimeException)
        {
            return (Stopwatch.GetElapsedTime(began) - Options.WallTime!.Value).TotalMilliseconds;
        }

        throw new InvalidOperationException("The guest came to an end.");
    }
}
