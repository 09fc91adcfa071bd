using Plugins.Host.Calls;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

[CancelAfter(60_000)]
internal sealed class WatchdogTests
{
    [Test]
    public void Call_ThatFindsTheWatchdogAsleep_IsStoppedNonetheless()
    {
        var time = new FakeTime();
        using var watchdog = new Watchdog(time, idleRoundsBeforeSleep: 0);
        using var guest = new FakeGuest(new FakeEngine());
        var slot = new CallSlot(guest, watchdog, new CallClock(time, CompilationClock.None));
        watchdog.Add(slot);
        for (var round = 0; round < 100; round++)
        {
            SpinWait.SpinUntil(() => watchdog.IsAsleep);
            Assert.That(slot.TryEnter(time.GetTimestamp()));
            Assert.That(() => guest.SpinForever(), Throws.TypeOf<FakeTrapException>());
            Assert.That(slot.Settle(isComplete: false), Is.EqualTo(InterruptReason.Time));
            slot.Leave();
        }

        watchdog.Remove(slot);
    }

    [Test]
    public void Slot_OfARemovedInstance_IsWatchedNoMore()
    {
        var time = new FakeTime();
        using var watchdog = new Watchdog(time);
        var guest = new FakeGuest(new FakeEngine());
        var clock = new CallClock(time, CompilationClock.None);
        var slots = Enumerable.Range(0, 5).Select(_ => new CallSlot(guest, watchdog, clock)).ToList();
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
        var watchdog = new Watchdog(new FakeTime());
        watchdog.Dispose();
        var slot = new CallSlot(
            new FakeGuest(new FakeEngine()), watchdog, new CallClock(new FakeTime(), CompilationClock.None));
        Assert.That(() => watchdog.Add(slot), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Slot_InUse_CannotBeEnteredOrHeld()
    {
        using var watchdog = new Watchdog(new FakeTime());
        var slot = new CallSlot(
            new FakeGuest(new FakeEngine()), watchdog, new CallClock(new FakeTime(), CompilationClock.None));
        Assert.That(slot.TryEnter(long.MaxValue));
        Assert.That(slot.TryEnter(long.MaxValue) || slot.TryHold(), Is.False);
        Assert.That(slot.Settle(isComplete: false), Is.EqualTo(InterruptReason.None));
        Assert.That(slot.TryEnter(long.MaxValue), Is.False);
        slot.Leave();
        Assert.That(slot.TryHold());
    }
}
