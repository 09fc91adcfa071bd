using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Host.Tests.Calls;

[CancelAfter(600_000)]
internal sealed class IdlePackingTests
{
    private const int Rounds = 2_000;

    [Test]
    public void Instance_IdleFromOneLookToTheNext_IsPackedOnce()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        Look(rig, times: 1);
        Assert.That(rig.Engine.Guests.Select(guest => guest.Packed), Is.All.Zero);
        Look(rig, times: 3);
        Assert.That(rig.Engine.Guests.Select(guest => guest.Packed), Is.EqualTo(new[] { 1, 1 }));

        session.Call("run", default);
        Look(rig, times: 3);
        Assert.That(rig.Engine.Guests.Select(guest => guest.Packed), Is.EquivalentTo(new[] { 1, 2 }));
    }

    [Test]
    public void Instance_UsedBetweenLooks_IsNotPacked()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        using var session = rig.Load().OpenSession();
        for (var round = 0; round < 5; round++)
        {
            session.Call("run", default);
            Look(rig, times: 1);
        }

        Assert.That(rig.Engine.Guests[^1].Packed, Is.Zero);
    }

    [Test]
    public void Instance_InACall_IsNotPacked()
    {
        using var rig = new Rig();
        rig.Guest("run", _ =>
        {
            Look(rig, times: 5);
            return 0;
        });
        using var session = rig.Load().OpenSession();
        session.Call("run", default);
        Assert.That(rig.Engine.Guests[^1].Packed, Is.Zero);
    }

    [Test]
    public void Session_WhoseEngineFailsToPackIt_GoesOn()
    {
        using var rig = new Rig().Guest("run", guest => guest.State++ == 0 ? 0 : 1);
        rig.Engine.PackingFails = true;
        using var session = rig.Load().OpenSession();
        session.Call("run", default);
        Look(rig, times: 2);
        Assert.That(session.IsFaulted, Is.False);
        Assert.That(() => session.Call("run", default), Throws.TypeOf<PluginGuestException>());
    }

    [TestCaseSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
    public void Session_PackedBetweenCalls_GoesOnWhereItWas(TestedEngine tested)
    {
        using var rig = Counting(tested);
        using var session = rig.Load().OpenSession();
        for (var round = 0; round < 5; round++)
        {
            session.Call("count", default);
            Look(rig, times: 2);
        }

        RequireCount(session, 5);
        Look(rig, times: 2);
        session.Reset();
        RequireCount(session, 0);
    }

    // A call that comes while its instance is packed waits; one that did not would be refused, or find other contents.
    [Test]
    public void Calls_WhileInstancesArePacked_FindTheirState()
    {
        using var rig = Counting(TestedEngines.Available[0]);
        var plugin = rig.Load();
        var sessions = Enumerable.Range(0, 2).Select(_ => plugin.OpenSession()).ToList();
        var callers = sessions.Select(session => new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                session.Call("count", default);
                plugin.Call("count", default);
                Thread.Yield();
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        while (callers.Exists(caller => caller.IsAlive))
        {
            Look(rig, times: 1);
        }

        sessions.ForEach(session => RequireCount(session, Rounds));
        Assert.That(() => plugin.Call("check", default), Throws.Nothing);
    }

    [Test]
    public void Sessions_DisposedWhileTheyArePacked_AreReleased()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var plugin = rig.Load();
        using var over = new ManualResetEventSlim();
        var looking = new Thread(() =>
        {
            while (!over.IsSet)
            {
                Look(rig, times: 1);
            }
        });
        looking.Start();
        for (var round = 0; round < Rounds; round++)
        {
            plugin.OpenSession().Dispose();
        }

        over.Set();
        looking.Join();
        Assert.That(rig.Engine.Guests.Count(guest => !guest.IsDisposed), Is.EqualTo(1));
    }

    private static void Look(Rig rig, int times)
    {
        for (var time = 0; time < times; time++)
        {
            rig.Host.Packing.Look();
        }
    }

    private static void RequireCount(PluginSession session, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Assert.That(() => session.Call("uncount", default), Throws.Nothing);
        }

        Assert.That(() => session.Call("check", default), Throws.Nothing);
    }

    private static Rig Counting(TestedEngine tested) => new Rig(
        new ModuleBuilder()
            .Memory(1, export: "memory")
            .Function([], [ValueKind.I32], code => Add(code, 1), export: "count")
            .Function([], [ValueKind.I32], code => Add(code, -1), export: "uncount")
            .Function([], [ValueKind.I32], code => code.I32Const(40_000).Access(Opcode.I32Load), export: "check")
            .Build(),
        tested).WithSystemTime().Lists("count", "uncount", "check");

    private static void Add(CodeBuilder code, int number) => code
        .I32Const(40_000).I32Const(40_000).Access(Opcode.I32Load).I32Const(number).Op(Opcode.I32Add)
        .Access(Opcode.I32Store).I32Const(0);
}
