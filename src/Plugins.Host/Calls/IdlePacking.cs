namespace Plugins.Host.Calls;

/// <summary>Looks every few seconds which instances are idle, and has them take less memory.</summary>
/// <remarks>
/// What no call has used from one look to the next is packed. A call need not tell anybody that it begins or ends: it
/// takes a mark off its instance.
/// </remarks>
internal sealed class IdlePacking : IDisposable
{
    /// <summary>Between two looks; an instance is packed when it has been idle for one to two of them.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly Watchdog _watchdog;
    private readonly Timer _timer;
    private int _isLooking;

    internal IdlePacking(Watchdog watchdog)
    {
        _watchdog = watchdog;

        // The context of whoever makes the host is not that of the looks, which would keep it alive.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        _timer = new Timer(static packing => ((IdlePacking)packing!).Look(), this, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Has every instance that is idle since the last look, or longer, packed.</summary>
    internal void Look()
    {
        // A look that takes longer than the period is not joined by another.
        if (Interlocked.Exchange(ref _isLooking, 1) != 0)
        {
            return;
        }

        foreach (var instance in _watchdog.CopyInstances())
        {
            instance.PackIfIdle();
        }

        Volatile.Write(ref _isLooking, 0);
    }
}
