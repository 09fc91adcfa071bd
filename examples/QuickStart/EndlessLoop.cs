using Plugins.Host;
using Plugins.Host.Errors;
using Plugins.Manifest.Trust;

namespace QuickStart;

/// <summary>A plugin that never returns, stopped by two limits in turn.</summary>
internal static class EndlessLoop
{
    internal static void Run(Publisher publisher)
    {
        using var host = new PluginHost(new PluginHostOptions
        {
            TrustPolicy = TrustPolicy.ForPublisher("acme", File.ReadAllText("acme.pub")),
        });
        using var plugin = host.LoadFolder(
            publisher.Publish(publisher.Describe("spin", "spin", Modules.Spin), Modules.Spin),
            PluginLoadOptions.For("acme/spin"));
        try
        {
            plugin.Call("spin", [], new PluginCallOptions { Fuel = 10_000_000 });
        }
        catch (PluginFuelException failure)
        {
            Page.Stopped(
                "An endless loop, in a plugin as well signed as any",
                failure,
                "Tell the publisher. Where the work is long but honest, give calls more fuel.");
        }

        try
        {
            plugin.Call("spin", [], new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(100) });
        }
        catch (PluginTimeException failure)
        {
            Page.Stopped(
                "The same loop, with more fuel but little time",
                failure,
                "The same. Fuel counts work, alike on every machine; time is what a user waits for.");
        }
    }
}
