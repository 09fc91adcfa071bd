using Plugins.Host.Calls;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Catalog.Sources;

namespace Plugins.Host.Catalog;

/// <summary>One loaded version, and how many use it; disposed once it is retired and nobody does.</summary>
internal sealed class PluginVersion
{
    // Added to the number of uses once it is retired, so that one look tells both.
    private const int Retired = int.MinValue;

    private readonly TaskCompletionSource _unused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _uses;

    internal PluginVersion(Plugin plugin, PluginPackage package, DateTimeOffset loadedAt)
    {
        Plugin = plugin;
        Package = package;
        LoadedAt = loadedAt;
    }

    internal Plugin Plugin { get; }

    internal PluginPackage Package { get; }

    internal DateTimeOffset LoadedAt { get; }

    /// <summary>Its circuit; null where it has no breaker.</summary>
    internal PluginCircuit? Circuit { get; set; }

    /// <summary>True if it was loaded again because the version after it kept failing.</summary>
    internal bool IsFallback { get; set; }

    /// <summary>Calls and leases that have it.</summary>
    internal int Uses => Volatile.Read(ref _uses) & int.MaxValue;

    /// <summary>Ends when it is retired and nobody uses it any more.</summary>
    internal Task Unused => _unused.Task;

    /// <summary>Counts a use; false once it is retired: another version has its place already.</summary>
    internal bool TryAcquire()
    {
        if (Interlocked.Increment(ref _uses) > 0)
        {
            return true;
        }

        Release();
        return false;
    }

    internal void Release()
    {
        if (Interlocked.Decrement(ref _uses) == Retired)
        {
            _unused.TrySetResult();
        }
    }

    /// <summary>Lets nobody use it any more; once.</summary>
    private void Retire()
    {
        if (Interlocked.Add(ref _uses, Retired) == Retired)
        {
            _unused.TrySetResult();
        }
    }

    /// <summary>Lets nobody use it any more, waits for those who do, and disposes it.</summary>
    /// <returns>A task that ends then; false if their patience ended before.</returns>
    internal async Task<bool> RetireAsync(string name, TimeSpan patience, HostEnvironment environment)
    {
        Retire();
        try
        {
            await Unused.WaitAsync(patience, environment.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            CatalogLog.NotDrained(environment.Logger, name, Plugin.Manifest, Uses);
        }

        Plugin.Dispose();
        return Unused.IsCompleted;
    }
}
