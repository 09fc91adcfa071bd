namespace Plugins.Cli.Tests.Support;

/// <summary>A clock whose timers go off when a test says so.</summary>
internal sealed class ManualTimers : TimeProvider
{
    private readonly List<(TimerCallback Callback, object? State)> _timers = [];

    internal IReadOnlyList<TimeSpan> Delays => _delays;

    private readonly List<TimeSpan> _delays = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _timers.Add((callback, state));
        _delays.Add(dueTime);
        return new Unstoppable();
    }

    internal void Fire()
    {
        foreach (var (callback, state) in _timers)
        {
            callback(state);
        }
    }

    /// <summary>Goes off even after it was disposed, as a real one may that is just running.</summary>
    private sealed class Unstoppable : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
