using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

internal sealed class FailureTests
{
    [TestCase(EngineFaultKind.Trap, PluginErrorCode.Trap)]
    [TestCase(EngineFaultKind.OutOfFuel, PluginErrorCode.FuelLimit)]
    [TestCase(EngineFaultKind.MemoryLimit, PluginErrorCode.MemoryLimit)]
    [TestCase(EngineFaultKind.InstanceLimit, PluginErrorCode.TableLimit)]
    [TestCase(EngineFaultKind.Link, PluginErrorCode.Link)]
    public void Fault_OfTheEngine_HasItsCode(EngineFaultKind kind, PluginErrorCode expected)
    {
        using var rig = new Rig().Guest("run", _ => throw new FakeTrapException(kind));
        var failure = Assert.Catch<PluginException>(() => rig.Load().Call("run", []))!;
        Assert.That(
            (failure.Code, failure.InnerException),
            Is.EqualTo((expected, failure.InnerException as FakeTrapException)));
    }

    [Test]
    public void Trap_OfTheGuest_TellsWhere()
    {
        using var rig = new Rig().Guest("run", _ => throw new FakeTrapException(EngineFaultKind.Trap));
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call("run", []))!;
        Assert.That((failure.Trap, failure.Offset), Is.EqualTo((TrapCode.IntegerDivideByZero, (int?)77)));
        Assert.That(failure.Backtrace.Single().Name, Is.EqualTo("in\u001bner"));
        Assert.That(failure.Message, Does.Contain(@"in\x1bner (function 3)"));
    }

    [TestCase(false, 1)]
    [TestCase(true, 0)]
    public void Failure_AfterARefusedGrowth_IsOneOfMemory(bool traps, int code)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.GrowthRefused = true;
            return traps ? throw new FakeTrapException(EngineFaultKind.Trap) : code;
        });
        var failure = Assert.Throws<PluginMemoryException>(() => rig.Load().Call("run", []))!;
        Assert.That(failure.LimitPages, Is.EqualTo(256));
        Assert.That(
            failure.InnerException, traps ? Is.TypeOf<PluginTrapException>() : Is.TypeOf<PluginGuestException>());
    }

    [Test]
    public void RefusedGrowth_OfOneCall_IsForgottenByTheNext()
    {
        var refused = true;
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.GrowthRefused |= refused;
            return refused ? 0 : 1;
        });
        using var session = rig.Load().OpenSession();
        session.Call("run", []);
        refused = false;
        Assert.That(() => session.Call("run", []), Throws.TypeOf<PluginGuestException>());
    }

    [Test]
    public void Failure_OfAnInitialization_SaysSoAtLoad()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Initialize = guest =>
        {
            guest.Error("no table");
            throw new FakeTrapException(EngineFaultKind.Trap);
        };
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load())!;
        Assert.That(
            (failure.Phase, failure.Function, failure.GuestMessage),
            Is.EqualTo((PluginPhase.Initialization, (string?)null, "no table")));
        Assert.That(rig.Engine.Guests.Single().IsDisposed);
    }

    [Test]
    public void Fuel_OfACall_IsCounted()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.ConsumeFuel(30);
            guest.OutputWrite(0, 65);
            return 0;
        });
        Assert.That(rig.Load().Call("run", []).FuelConsumed, Is.EqualTo(32));
    }

    [TestCase(10)]
    [TestCase(500)]
    public void Fuel_OfACallsOwn_IsWhatTheGuestHas(long asked)
    {
        var seen = 0L;
        using var rig = new Rig().Guest("run", guest => (int)((seen = guest.Fuel) * 0))
            .Limits(limits => limits with { Fuel = 500 });
        rig.Load().Call("run", [], new PluginCallOptions { Fuel = asked });
        Assert.That(seen, Is.EqualTo(asked));
    }

    [TestCase(501)]
    [TestCase(-1)]
    public void Fuel_BeyondThePluginsLimit_IsRefusedWithTheLimit(long asked)
    {
        using var rig = new Rig().Guest("run", _ => 0).Limits(limits => limits with { Fuel = 500 });
        var plugin = rig.Load();
        var failure = Assert.Throws<ArgumentOutOfRangeException>(
            () => plugin.Call("run", [], new PluginCallOptions { Fuel = asked }))!;
        Assert.That(failure.ParamName, Is.EqualTo(nameof(PluginCallOptions.Fuel)));
        Assert.That(failure.Message, Does.Contain("from 0 to 500"));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Fuel_OfBytesMoved_RunsOut(
        [Values("input", "output", "error", "log", "capability", "random")] string way)
    {
        using var rig = new Rig().Uses("random.bytes").Imports("config.read").Guest("run", guest =>
        {
            switch (way)
            {
                case "input": guest.InputRead(0, 1_000); break;
                case "output": guest.OutputWrite(0, 1_000); break;
                case "error": guest.ErrorWrite(0, 1_000); break;
                case "log": guest.Log(2, 0, 1_000); break;
                case "capability": guest.Capability("config.read", 0, 1_000); break;
                default: guest.Ask("random.bytes", 0xE8, 3, 0, 0); break;
            }

            return 0;
        });
        var plugin = rig.Load();
        Assert.That(
            () => plugin.Call("run", new byte[1_000], new PluginCallOptions { Fuel = 15 }),
            Throws.TypeOf<PluginFuelException>());
        Assert.That(() => plugin.Call("run", new byte[1_000], new PluginCallOptions { Fuel = 100 }), Throws.Nothing);
    }

    [Test]
    public void Fuel_OfAHostThatDoesNotMeter_IsNeitherCountedNorLimited()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.OutputWrite(0, 1_000);
            return 0;
        });
        rig.Options.MeterFuel = false;
        Assert.That(rig.Load().Call("run", [], new PluginCallOptions { Fuel = 1 }).FuelConsumed, Is.Zero);
    }
}
