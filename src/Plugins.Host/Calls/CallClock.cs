namespace Plugins.Host.Calls;

/// <summary>How long the running call has taken, without the time that the runtime's compiler took of it.</summary>
/// <remarks>
/// A guest's functions are compiled at their first call, on the guest's own thread, which is the host's doing. What
/// only the thread itself can ask for is exact; others have the time of all compiling in the process, which is never
/// less. For the thread of the call, except where another is said.
/// </remarks>
internal sealed class CallClock
{
    private readonly TimeProvider _time;
    private readonly CompilationClock _compilation;
    private readonly double _ticksPerTimestamp;
    private long _started;
    private GuestBudget _budget;
    private TimeSpan _ofThread;
    private TimeSpan _ofProcess;

    internal CallClock(TimeProvider time, CompilationClock compilation)
    {
        _time = time;
        _compilation = compilation;
        _ticksPerTimestamp = (double)TimeSpan.TicksPerSecond / time.TimestampFrequency;
    }

    /// <summary>Time of the call that went into compiling.</summary>
    internal TimeSpan Compiled => _compilation.OfThread() - _ofThread;

    /// <summary>Time that the call has taken otherwise.</summary>
    internal TimeSpan Elapsed
    {
        get
        {
            var elapsed = Passed - Compiled;
            return elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero;
        }
    }

    /// <summary>Time that is left; not positive once the call is over time.</summary>
    internal TimeSpan Remaining => _budget.WallTime + Excused(Compiled) - Passed;

    /// <summary>Whether more was compiled than one call may have compiled for it.</summary>
    internal bool HasCompiledTooLong => Compiled > _budget.CompilationTime;

    private TimeSpan Passed => new((long)((_time.GetTimestamp() - _started) * _ticksPerTimestamp));

    /// <summary>Starts a call.</summary>
    /// <param name="started">When it began, on the host's clock.</param>
    /// <param name="budget">What it may use.</param>
    internal void Begin(long started, in GuestBudget budget)
    {
        _started = started;
        _budget = budget;
        _ofThread = _compilation.OfThread();
        _ofProcess = _compilation.OfProcess();
    }

    /// <summary>For any thread: whether a call is over time however much of it was compiling.</summary>
    /// <param name="overdue">Time since its deadline, in the unit of the host's clock.</param>
    internal bool IsOver(long overdue) =>
        (long)(overdue * _ticksPerTimestamp) >= Excused(_compilation.OfProcess() - _ofProcess).Ticks;

    private TimeSpan Excused(TimeSpan compiled) =>
        compiled < _budget.CompilationTime ? compiled : _budget.CompilationTime;
}
