using System.Buffers;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Recording;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Recording;

/// <summary>Calls of random guests, recorded on one engine and replayed on all, in all modes.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class RandomGuestTests(TestedEngine recording)
{
    private const int Guests = 25;

    [Test]
    public void Call_OfARandomGuest_ReplaysOnEveryEngine([Range(0, 3)] int part)
    {
        var outcomes = new HashSet<PluginErrorCode>();
        for (var seed = part * Guests; seed < (part + 1) * Guests; seed++)
        {
            var module = new RandomGuest(seed).Build();
            var (output, recorded) = Record(module, seed);
            outcomes.Add(recorded.Outcome);
            foreach (var engine in TestedEngines.Available)
            {
                using var rig = Prepare(module, engine, grants: false);
                var replayed = rig.Load().Replay(recorded);
                Assert.That(replayed.Output.ToArray(), Is.EqualTo(output), $"{seed} on {engine}");
                Assert.That(replayed.Failure is null, Is.EqualTo(recorded.Outcome == PluginErrorCode.None));
                Assert.That(replayed.IsFuelCompared || engine.Engine.Name != recording.Engine.Name
                    || engine.Engine.Version != recording.Engine.Version);
            }
        }

        Assert.That(outcomes, Has.Count.GreaterThan(1).And.Contain(PluginErrorCode.None));
    }

    private (byte[] Output, CallRecording Recording) Record(byte[] module, int seed)
    {
        using var rig = Prepare(module, recording, grants: true);
        var random = new Random(seed);
        rig.Options.AddFunction("test.answer", (context, _, result) =>
        {
            context.ConsumeFuel(random.Next(100));
            var bytes = new byte[random.Next(100)];
            random.NextBytes(bytes);
            result.Write(bytes);
            return (CapabilityStatus)(-random.Next(5));
        });
        var recorder = new CallRecorder();
        var input = new byte[seed];
        random.NextBytes(input);
        byte[] output = [];
        try
        {
            output = rig.Load().Call("run", input, new() { Recorder = recorder }).Output.ToArray();
        }
        catch (PluginException)
        {
            // Recorded as well.
        }

        return (output, CallRecording.Read(recorder.Recording!.ToBytes()));
    }

    private static Rig Prepare(byte[] module, TestedEngine engine, bool grants)
    {
        var rig = new Rig(module, engine) { LoadOptions = new() { CanonicalizesNaNs = true } }.Lists("run");
        foreach (var capability in RandomGuest.Capabilities)
        {
            _ = rig.Asks(capability, required: false);
            _ = grants ? rig.Grants(capability) : rig;
        }

        return rig;
    }
}
