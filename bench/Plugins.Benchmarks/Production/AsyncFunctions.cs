using System.Buffers.Binary;
using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Measuring;
using Plugins.Benchmarks.Tables;
using Plugins.Host;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;

namespace Plugins.Benchmarks.Production;

/// <summary>What does a host function cost for being asynchronous, where it completes at once?</summary>
internal static class AsyncFunctions
{
    private const int Asked = 1_000;

    public static string Measure(IPluginEngine engine)
    {
        var input = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(input, Asked);
        using GuestPlugin plain = Offer(options => options.AddFunction(
            GuestPlugin.Capability, (_, _, _) => CapabilityStatus.Success));
        using GuestPlugin asynchronous = Offer(options => options.AddFunction(
            GuestPlugin.Capability, (_, _, _, _) => ValueTask.FromResult(CapabilityStatus.Success)));
        double[] times = BestOf.Run(
            new Candidate("synchronous", () => plain.Session.Call("ask", input), Asked),
            new Candidate("asynchronous", () => asynchronous.Session.Call("ask", input), Asked));
        return DurationText.Of(Math.Max(times[1] - times[0], 0));

        GuestPlugin Offer(Action<PluginHostOptions> add) => new(
            GuestFile.Small,
            options =>
            {
                options.Engine = engine;
                add(options);
            },
            "ask");
    }
}
