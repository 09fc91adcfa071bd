using Microsoft.Extensions.Primitives;
using Plugins.Host.Catalog.Sources;

namespace Plugins.Host.Tests.Catalog;

/// <summary>A source whose token tells of a change on another thread while its watch is being ended.</summary>
/// <param name="inner">What is read.</param>
internal sealed class TellingSource(IPluginSource inner) : IPluginSource, IChangeToken
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _told;

    /// <summary>Whether who was told came back before the watch had ended; null where nobody was told.</summary>
    internal bool? CameBack { get; private set; }

    public string Location => inner.Location;

    public bool HasChanged => false;

    public bool ActiveChangeCallbacks => true;

    public ValueTask<PluginPackage> ReadAsync(long maximumModuleBytes, CancellationToken cancellationToken) =>
        inner.ReadAsync(maximumModuleBytes, cancellationToken);

    public IChangeToken GetChangeToken() => this;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) =>
        new Registration(this, () => callback(state));

    // As a registration with a token does, which waits for the callback that runs.
    private sealed class Registration(TellingSource source, Action tell) : IDisposable
    {
        public void Dispose()
        {
            if (Interlocked.Exchange(ref source._told, 1) == 0)
            {
                source.CameBack = Task.Run(tell).Wait(Patience);
            }
        }
    }
}
