namespace Plugins.Host.Calls.Threads;

/// <summary>Takes the synchronization context from a thread for as long as a call blocks it.</summary>
/// <remarks>
/// What the host or a host function waits for would otherwise be sent back to this very thread, which waits for it.
/// </remarks>
internal readonly ref struct DetachedThread
{
    private readonly SynchronizationContext? _context;

    private DetachedThread(SynchronizationContext? context) => _context = context;

    internal static DetachedThread Enter()
    {
        var context = SynchronizationContext.Current;
        if (context is not null)
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }

        return new DetachedThread(context);
    }

    public void Dispose()
    {
        if (_context is not null)
        {
            SynchronizationContext.SetSynchronizationContext(_context);
        }
    }
}
