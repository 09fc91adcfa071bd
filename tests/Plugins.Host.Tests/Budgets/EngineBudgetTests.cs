using System.Text;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Recording;
using Plugins.Host.Tests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Budgets;

/// <summary>Memory budgets with guests that are modules.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class EngineBudgetTests(TestedEngine tested)
{
    private const int Page = 64 * 1024;

    [TestCase(4, true)]
    [TestCase(3, false)]
    public void Guest_ThatGrows_HasWhatTheBudgetHas(int pages, bool isEnough)
    {
        using var rig = Growing(3);
        rig.Options.PluginMemoryBudget = pages * Page;
        using var plugin = rig.Load();
        for (var call = 0; call < 3; call++)
        {
            Assert.That(
                () => plugin.Call("grow", []), isEnough ? Throws.Nothing : Throws.InstanceOf<PluginException>());
            Assert.That(rig.Host.Environment.Memory!.Used, Is.EqualTo(1));
        }

        plugin.Dispose();
        Assert.That(rig.Host.Environment.Memory!.Used, Is.Zero);
    }

    [Test]
    public void Guest_ThatNeedsWhatIsIdle_IsGivenIt()
    {
        using var rig = Growing(3);
        rig.Options.MemoryBudget = 4 * Page;
        using var plugin = rig.Load();
        foreach (var tenant in new[] { "blue", "red", "blue" })
        {
            Assert.That(
                () => plugin.Call("grow", [], new PluginCallOptions { Tenant = tenant }), Throws.Nothing);
            Assert.That(rig.Host.Environment.Memory!.Used, Is.EqualTo(1));
        }
    }

    [Test]
    public void Recording_OfACallThatWasRefusedMemory_ReplaysWhereThereIsMore()
    {
        using var rig = Hostile();
        rig.Options.MemoryBudget = 20 * Page;
        var recorder = new CallRecorder();
        var result = rig.Load().Call("grow", [], new PluginCallOptions { Recorder = recorder });
        var recording = CallRecording.Read(recorder.Recording!.ToBytes());
        using var other = Hostile();
        var isTold = tested.Engine is EmbeddedEngine;
        Assert.That(recording.IsReplayable, Is.EqualTo(isTold));
        Assert.That(
            () => Encoding.UTF8.GetString(other.Load().Replay(recording).Output.Span),
            isTold ? Is.EqualTo("20") : Throws.TypeOf<PluginReplayException>());
        Assert.That(Encoding.UTF8.GetString(result.Output.Span), Is.EqualTo("20"));
        Assert.That(
            Encoding.UTF8.GetString(other.Load().Call("grow", []).Output.Span), Is.EqualTo("256"), "without one");
    }

    private Rig Hostile()
    {
        var rig = new Rig(GuestFiles.Read("tests/guests/hostile.wasm"), tested).WithSystemTime().Lists("grow");
        rig.LoadOptions = new PluginLoadOptions { CanonicalizesNaNs = true };
        return rig;
    }

    private Rig Growing(int pages) => new Rig(
        new ModuleBuilder().Memory(1, export: "memory")
            .Function([], [I32], export: "grow", code: code => code
                .I32Const(pages).Op(Opcode.MemoryGrow, 0).I32Const(-1).Op(Opcode.I32Eq))
            .Build(),
        tested).WithSystemTime().Lists("grow");
}
