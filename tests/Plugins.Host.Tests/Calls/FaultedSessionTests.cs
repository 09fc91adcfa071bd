using System.Buffers;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>Which failures leave a session's state in the middle of something, as docs/errors.md has it.</summary>
internal sealed class FaultedSessionTests
{
    private static readonly Dictionary<string, Func<FakeGuest, int>> Guests = new(StringComparer.Ordinal)
    {
        ["succeeds"] = _ => 0,
        ["fails"] = _ => 7,
        ["traps"] = _ => throw new FakeTrapException(EngineFaultKind.Trap),
        ["passes_a_wrong_range"] = guest => guest.InputRead(-1, 10),
        ["runs_out_of_fuel"] = _ => throw new FakeTrapException(EngineFaultKind.OutOfFuel),
        ["runs_out_of_fuel_for_the_host"] = guest =>
        {
            guest.ConsumeFuel(guest.Fuel);
            guest.OutputWrite(0, 1);
            return 0;
        },
        ["runs_out_of_memory"] = _ => throw new FakeTrapException(EngineFaultKind.MemoryLimit),
        ["writes_too_much"] = guest =>
        {
            guest.OutputWrite(0, 11);
            return 0;
        },
        ["tells_too_much"] = guest =>
        {
            guest.ErrorWrite(0, 11);
            return 0;
        },
        ["asks_too_often"] = guest => guest.Ask("config.read").Status + guest.Ask("config.read").Status,
        ["meets_a_fault_of_the_host"] = _ => throw new NotSupportedException(),
    };

    // Function, whether a growth was refused before, the exception or null, and whether the session is faulted.
    [TestCase("succeeds", false, null, false)]
    [TestCase("succeeds", true, null, false)]
    [TestCase("fails", false, typeof(PluginGuestException), false)]
    [TestCase("fails", true, typeof(PluginMemoryException), true)]
    [TestCase("traps", false, typeof(PluginTrapException), true)]
    [TestCase("traps", true, typeof(PluginMemoryException), true)]
    [TestCase("passes_a_wrong_range", false, typeof(PluginTrapException), true)]
    [TestCase("passes_a_wrong_range", true, typeof(PluginMemoryException), true)]
    [TestCase("runs_out_of_fuel", false, typeof(PluginFuelException), true)]
    [TestCase("runs_out_of_fuel", true, typeof(PluginFuelException), true)]
    [TestCase("runs_out_of_fuel_for_the_host", false, typeof(PluginFuelException), true)]
    [TestCase("runs_out_of_memory", false, typeof(PluginMemoryException), true)]
    [TestCase("writes_too_much", false, typeof(PluginLimitException), true)]
    [TestCase("writes_too_much", true, typeof(PluginLimitException), true)]
    [TestCase("tells_too_much", false, typeof(PluginLimitException), true)]
    [TestCase("asks_too_often", false, typeof(PluginLimitException), true)]
    [TestCase("meets_a_fault_of_the_host", false, typeof(NotSupportedException), true)]
    public void Session_AfterACall_IsFaultedWhereTheGuestWasStopped(
        string function, bool isRefused, Type? expected, bool isFaulted)
    {
        using var rig = Load(function, isRefused);
        using var session = rig.Load().OpenSession();
        Assert.That(() => session.Call(function, []), expected is null ? Throws.Nothing : Throws.TypeOf(expected));
        Check(session, isFaulted);
    }

    [TestCase("fails", typeof(PluginGuestException))]
    [TestCase("traps", typeof(PluginTrapException))]
    [TestCase("passes_a_wrong_range", typeof(PluginTrapException))]
    public void MemoryFailure_OfAGuest_KeepsHowItFailed(string function, Type inner)
    {
        using var rig = Load(function, isRefused: true);
        var failure = Assert.Throws<PluginMemoryException>(() => rig.Load().Call(function, []))!;
        Assert.That(failure.InnerException, Is.TypeOf(inner));
    }

    [Test]
    public void Session_WhoseStreamFails_IsFaulted([Values] bool isSource)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.InputRead(0, 1);
            guest.OutputWrite(0, 1);
            return 0;
        });
        using var session = rig.Load().OpenSession();
        var (good, bad) = (new MemoryStream(), new FailingStream());
        Assert.That(
            () => session.Call("run", isSource ? bad : good, isSource ? good : bad),
            Throws.TypeOf<PluginStreamException>());
        Check(session, isFaulted: true);
    }

    [Test]
    public void Session_WhoseWriterFails_GoesOn()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        using var session = rig.Load().OpenSession();
        Assert.That(() => session.Call("run", [], new FailingWriter()), Throws.TypeOf<PluginStreamException>());
        Check(session, isFaulted: false);
    }

    [Test]
    public void Session_WhoseCallNeverBegan_GoesOn()
    {
        using var rig = new Rig().Guest("run", _ => 0).Limits(limits => limits with { InputBytes = 1 });
        using var session = rig.Load().OpenSession(new PluginCallOptions { Tenant = "a" });
        var cancelled = new CancellationToken(canceled: true);
        Assert.That(() => session.Call("run", [1, 2]), Throws.TypeOf<PluginLimitException>());
        Assert.That(() => session.Call("none", []), Throws.ArgumentException);
        Assert.That(() => session.Call("run", [], null, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            () => session.Call("run", [], new PluginCallOptions { Tenant = "b" }),
            Throws.TypeOf<PluginTenantException>());
        Check(session, isFaulted: false);
    }

    [Test]
    public void Session_WhoseOutputIsOfAnotherForm_GoesOn()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Output([0xFF]);
            return 0;
        });
        using var session = rig.Load().OpenSession();
        Assert.That(() => session.CallText("run", ""), Throws.TypeOf<PluginOutputException>());
        Check(session, isFaulted: false);
    }

    [Test]
    public void Session_WhoseCallWasStopped_IsFaulted([Values] bool isCancelled)
    {
        using var source = new CancellationTokenSource();
        using var rig = new Rig();
        rig.Guest("run", guest =>
        {
            if (isCancelled)
            {
                source.Cancel();
            }
            else
            {
                rig.Time.Advance(TimeSpan.FromSeconds(2));
            }

            return guest.SpinForever();
        });
        using var session = rig.Load().OpenSession();
        Assert.That(
            () => session.Call("run", [], null, source.Token),
            isCancelled ? Throws.InstanceOf<OperationCanceledException>() : Throws.TypeOf<PluginTimeException>());
        Check(session, isFaulted: true);
    }

    private static Rig Load(string function, bool isRefused)
    {
        var rig = new Rig().Imports("config.read").Limits(limits => limits with
        {
            OutputBytes = 10, ErrorBytes = 10, HostCalls = 1,
        });
        foreach (var (name, run) in Guests)
        {
            rig.Guest(name, guest =>
            {
                guest.GrowthRefused |= isRefused && name == function;
                return run(guest);
            });
        }

        return rig.Guest("run", _ => 0);
    }

    private static void Check(PluginSession session, bool isFaulted)
    {
        Assert.That(session.IsFaulted, Is.EqualTo(isFaulted));
        if (isFaulted)
        {
            Assert.That(() => session.Call("run", []), Throws.InvalidOperationException);
        }

        session.Reset();
        Assert.That(session.IsFaulted, Is.False);
    }

    private sealed class FailingWriter : IBufferWriter<byte>
    {
        public void Advance(int count) => throw new IOException("broken");

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new IOException("broken");

        public Span<byte> GetSpan(int sizeHint = 0) => throw new IOException("broken");
    }
}
