using Plugins.Host.Calls;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

[CancelAfter(600_000)]
internal sealed class WatchdogTests
{
    [Test]
    public void Call_ThatFindsTheWatchdogAsleep_IsStoppedNonetheless()
    {
        var clock = new HostClock(new FakeTime());
        using var watchdog = new Watchdog(clock, idleRoundsBeforeSleep: 0);
        using var guest = new FakeGuest(new FakeEngine());
        var slot = new CallSlot(guest, watchdog);
        watchdog.Add(slot);
        for (var round = 0; round < 100; round++)
        {
            SpinWait.SpinUntil(() => watchdog.IsAsleep);
            Assert.That(slot.TryEnter(clock.Now));
            Assert.That(() => guest.SpinForever(), Throws.TypeOf<FakeTrapException>());
            Assert.That(slot.Settle(), Is.EqualTo(InterruptReason.Time));
            slot.Leave();
        }

        watchdog.Remove(slot);
    }

    [Test]
    public void Slot_OfARemovedInstance_IsWatchedNoMore()
    {
        var clock = new HostClock(new FakeTime());
        using var watchdog = new Watchdog(clock);
        var guest = new FakeGuest(new FakeEngine());
        var slots = Enumerable.Range(0, 5).Select(_ => new CallSlot(guest, watchdog)).ToList();
        slots.ForEach(watchdog.Add);
        foreach (var slot in slots)
        {
            watchdog.Remove(slot);
            watchdog.Remove(slot);
            Assert.That(slot.Index, Is.EqualTo(-1));
        }
    }

    [Test]
    public void Slot_AddedAfterDispose_IsRefused()
    {
        var watchdog = new Watchdog(new HostClock(new FakeTime()));
        watchdog.Dispose();
        var slot = new CallSlot(new FakeGuest(new FakeEngine()), watchdog);
        Assert.That(() => watchdog.Add(slot), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Slot_InUse_CannotBeEnteredOrHeld()
    {
        using var watchdog = new Watchdog(new HostClock(new FakeTime()));
        var slot = new CallSlot(new FakeGuest(new FakeEngine()), watchdog);
        Assert.That(slot.TryEnter(long.MaxValue));
        Assert.That(slot.TryEnter(long.MaxValue) || slot.TryHold(), Is.False);
        Assert.That(slot.Settle(), Is.EqualTo(InterruptReason.None));
        Assert.That(slot.TryEnter(long.MaxValue), Is.False);
        slot.Leave();
        Assert.That(slot.TryHold());
    }
}
