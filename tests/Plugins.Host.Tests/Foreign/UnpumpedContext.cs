namespace Plugins.Host.Tests.Foreign;

/// <summary>The context of a thread that runs what is sent to it once it has nothing else to do, as a UI's.</summary>
internal sealed class UnpumpedContext : SynchronizationContext
{
    private int _posted;

    /// <summary>What waits for the thread.</summary>
    internal int Posted => Volatile.Read(ref _posted);

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posted);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    /// <summary>Runs an action on a thread with such a context; it hangs in no test longer than this.</summary>
    internal static void Run(Action<UnpumpedContext> action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            var context = new UnpumpedContext();
            SetSynchronizationContext(context);
            try
            {
                action(context);
                Assert.That(Current, Is.SameAs(context), "the thread has lost its context");
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        }) { IsBackground = true };
        thread.Start();
        Assert.That(thread.Join(TimeSpan.FromSeconds(30)), "the thread waits for itself");
        Assert.That(failure, Is.Null);
    }
}
