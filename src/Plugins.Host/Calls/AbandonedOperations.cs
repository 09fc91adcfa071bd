using System.Collections.Concurrent;

namespace Plugins.Host.Calls;

/// <summary>Counts what calls of a plugin have left running: code of the application that nobody waits for.</summary>
/// <param name="plugin">The plugin's id.</param>
/// <param name="maximum">How many there may be before further calls are refused.</param>
/// <param name="ofHost">
/// The numbers of all plugins of the host by id, disposed ones among them, as what they left goes on.
/// </param>
/// <remarks>Safe for use by many threads, the one that watches all calls among them.</remarks>
internal sealed class AbandonedOperations(string plugin, int maximum, ConcurrentDictionary<string, int> ofHost)
{
    private int _count;

    internal int Count => Volatile.Read(ref _count);

    internal int Maximum => maximum;

    /// <summary>Leaves a task to itself: it counts until it ends, and its failure is nobody's any more.</summary>
    internal void Add(Task task)
    {
        Begin();
        _ = task.ContinueWith(
            static (ended, operations) =>
            {
                _ = ended.Exception;
                ((AbandonedOperations)operations!).End();
            },
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Something is left to itself; <see cref="End"/> when it has ended.</summary>
    internal void Begin() => Change(1);

    internal void End() => Change(-1);

    private void Change(int by)
    {
        Interlocked.Add(ref _count, by);
        ofHost.AddOrUpdate(plugin, static (_, by) => by, static (_, count, by) => count + by, by);
    }
}
