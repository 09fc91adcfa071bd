using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Measuring;
using Plugins.Benchmarks.Tables;
using Plugins.Host.Engines;

namespace Plugins.Benchmarks.Production;

/// <summary>Calls that each begin with the state after initialisation.</summary>
internal static class IsolatedCalls
{
    public static string OnePage(IPluginEngine engine) => Measure(engine, GuestFile.Small, "empty");

    public static string SeventeenPages(IPluginEngine engine) => Measure(engine, GuestFile.Large, "touch");

    private static string Measure(IPluginEngine engine, byte[] module, string function)
    {
        using var guest = new GuestPlugin(module, engine, meters: true, function);
        return DurationText.Of(BestOf.Run(new Candidate(function, () => guest.Plugin.Call(function, default)))[0]);
    }
}
