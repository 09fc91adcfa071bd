using System.Diagnostics;
using System.Globalization;
using Plugins.Benchmarks.Guests;
using Plugins.Host;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;

namespace Plugins.Benchmarks.Production;

/// <summary>What do instances take that wait for their next call?</summary>
internal static class IdleSessions
{
    private const int Count = 10_000;

    public static string Measure(IPluginEngine engine)
    {
        if (engine is WasmtimeEngine)
        {
            return "a pool of 1,000";
        }

        using var guest = new GuestPlugin(GuestFile.Small, engine, meters: true, "empty");
        var before = PhysicalBytes();
        var sessions = new PluginSession[Count];
        for (var index = 0; index < Count; index++)
        {
            sessions[index] = guest.Plugin.OpenSession();
            sessions[index].Call("empty", default);
        }

        var bytes = PhysicalBytes() - before;
        Array.ForEach(sessions, session => session.Dispose());
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0} MB");
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
