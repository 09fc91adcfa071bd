namespace Plugins.Host.Calls;

/// <summary>Measures the running call's time, leaving out the runtime's compiler.</summary>
/// <remarks>
/// A guest's functions are compiled at their first call, on the guest's own thread, which is the host's doing. What
/// only the thread itself can ask for is exact; others have the time of all compiling in the process, which is never
/// less. For the thread of the call, except where another is said.
/// </remarks>
internal sealed class CallClock
{
    private readonly HostClock _clock;
    private readonly CompilationClock _compilation;
    private GuestBudget _budget;
    private int _thread;
    private TimeSpan _ofThread;
    private TimeSpan _ofProcess;

    internal CallClock(HostClock clock, CompilationClock compilation)
    {
        _clock = clock;
        _compilation = compilation;
    }

    /// <summary>When the call began, on the host's clock.</summary>
    internal long Started { get; private set; }

    /// <summary>Time of the call that went into compiling; zero for threads that cannot ask for it.</summary>
    internal TimeSpan Compiled =>
        Environment.CurrentManagedThreadId == _thread ? _compilation.OfThread() - _ofThread : TimeSpan.Zero;

    /// <summary>Time that is left; not positive once the call is over time.</summary>
    internal TimeSpan Remaining => _budget.WallTime + Excused(Compiled) - Passed;

    /// <summary>True if more was compiled than one call may have compiled for it.</summary>
    internal bool HasCompiledTooLong => Compiled > _budget.CompilationTime;

    private TimeSpan Passed => _clock.Between(Started, _clock.Now);

    /// <summary>The time the call has taken so far: compiling, and otherwise.</summary>
    internal (TimeSpan Elapsed, TimeSpan Compiled) Read()
    {
        var compiled = Compiled;
        var elapsed = Passed - compiled;
        return (elapsed > TimeSpan.Zero ? elapsed : TimeSpan.Zero, compiled);
    }

    /// <summary>Starts a call.</summary>
    /// <param name="started">When it began, on the host's clock.</param>
    /// <param name="budget">What it may use.</param>
    internal void Begin(long started, in GuestBudget budget)
    {
        Started = started;
        _thread = Environment.CurrentManagedThreadId;
        _budget = budget;
        _ofThread = _compilation.OfThread();
        _ofProcess = _compilation.OfProcess();
    }

    /// <summary>For any thread: whether a call is over time however much of it was compiling.</summary>
    /// <param name="overdue">Time since its deadline, in the unit of the host's clock.</param>
    internal bool IsOver(long overdue) =>
        overdue >= 0 && _clock.ToTimeSpan(overdue) >= Excused(_compilation.OfProcess() - _ofProcess);

    private TimeSpan Excused(TimeSpan compiled) =>
        compiled < _budget.CompilationTime ? compiled : _budget.CompilationTime;
}
