namespace Plugins.Wasi.Tests.Support;

/// <summary>The system's time, with timers that come after half of theirs.</summary>
internal sealed class EarlyTimers : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime / 2, period);
}
