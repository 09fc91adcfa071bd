using Microsoft.Extensions.Primitives;

namespace Plugins.Host.Catalog;

internal sealed partial class PluginDeployment
{
    private bool _isStarted;
    private IDisposable? _watch;

    private void StartWatching()
    {
        lock (_gate)
        {
            _isStarted = true;
        }

        Watch();
    }

    /// <summary>Watches the present entry's source, if it is to be watched and is not yet.</summary>
    /// <remarks>Without the lock: the source is foreign code, and a callback may want the lock meanwhile.</remarks>
    private void Watch()
    {
        CatalogEntry entry;
        lock (_gate)
        {
            entry = _entry;
            if (_watch is not null || !MayWatchNeedsLock(entry))
            {
                return;
            }
        }

        var watch = ChangeToken.OnChange(entry.Source.GetChangeToken, OnSourceChanged);
        lock (_gate)
        {
            if (_watch is null && MayWatchNeedsLock(entry))
            {
                _watch = watch;
                return;
            }
        }

        watch.Dispose();
    }

    private bool MayWatchNeedsLock(CatalogEntry entry) =>
        entry == _entry && entry.Watch && _isStarted && !_isStopped;

    /// <summary>Takes the watch, to be disposed without the lock: that waits for a callback, which wants it.</summary>
    private IDisposable? TakeWatchNeedsLock()
    {
        var watch = _watch;
        _watch = null;
        return watch;
    }

    private void OnSourceChanged()
    {
        lock (_gate)
        {
            var isWaitingForFirstCall = _routes is null && _failure is null;
            _hasPendingChange |= _isPinned;
            if (_isPinned || _isStopped || isWaitingForFirstCall)
            {
                return;
            }
        }

        // Its result is in the log and in the status.
        _ = Task.Run(() => ReloadAsync(CancellationToken.None));
    }
}
