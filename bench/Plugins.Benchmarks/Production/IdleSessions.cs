using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Tables;
using Plugins.Host;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Production;

/// <summary>What do instances take that wait for their next call, and what does that call?</summary>
internal static class IdleSessions
{
    private const int Count = 10_000;

    // Instances are packed when they were idle for five to ten seconds.
    private static readonly TimeSpan s_idleTime = TimeSpan.FromSeconds(15);

    public static string Measure(IPluginEngine engine)
    {
        if (engine is not WasmtimeEngine)
        {
            return MeasureOn(engine);
        }

        using var pool = new WasmtimeEngine(new WasmtimeEngineOptions { PooledInstances = Count + 100 });
        return MeasureOn(pool);
    }

    private static string MeasureOn(IPluginEngine engine)
    {
        using var guest = new GuestPlugin(GuestFile.Small, engine, meters: true, "empty", "touch");
        var before = PhysicalBytes();
        var sessions = new PluginSession[Count];
        for (var index = 0; index < Count; index++)
        {
            sessions[index] = guest.Plugin.OpenSession();
            sessions[index].Call("touch", default);
        }

        Thread.Sleep(s_idleTime);
        var bytes = PhysicalBytes() - before;
        string next = MedianCall(sessions), afterNext = MedianCall(sessions);
        Array.ForEach(sessions, session => session.Dispose());
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB; {next}; {afterNext}");
    }

    private static string MedianCall(PluginSession[] sessions)
    {
        double[] times = [.. sessions.Select(session =>
        {
            var began = Stopwatch.GetTimestamp();
            session.Call("touch", default);
            return Stopwatch.GetElapsedTime(began).TotalNanoseconds;
        })];
        Array.Sort(times);
        return DurationText.Of(times[times.Length / 2]);
    }

    private static long PhysicalBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
