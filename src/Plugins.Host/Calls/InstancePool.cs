using Plugins.Host.Errors;

namespace Plugins.Host.Calls;

/// <summary>
/// The instances of one plugin that serve calls without a session: a bounded number, each for one tenant.
/// </summary>
/// <remarks>
/// An instance goes back only in the state after its initialisation. One that cannot be brought there, because its
/// initialisation used what differs between calls, is thrown away, and the next call makes its own.
/// </remarks>
internal sealed class InstancePool : IDisposable
{
    private readonly PluginDefinition _definition;
    private readonly SemaphoreSlim _permits;
    private readonly List<GuestInstance> _idle = [];
    private int _rented;
    private bool _isDisposed;

    internal InstancePool(PluginDefinition definition)
    {
        _definition = definition;
        _permits = new SemaphoreSlim(definition.Environment.MaximumInstances);
    }

    /// <summary>Waits for one of the places, at most as long as the call may take.</summary>
    internal void Enter(string function, PluginCallOptions? options, CancellationToken cancellation)
    {
        if (!_permits.Wait(0, CancellationToken.None)
            && !_permits.Wait(GuestBudget.For(_definition, options).WallTime, cancellation))
        {
            throw Busy(function);
        }
    }

    /// <inheritdoc cref="Enter"/>
    internal ValueTask EnterAsync(string function, PluginCallOptions? options, CancellationToken cancellation)
    {
        return _permits.Wait(0, CancellationToken.None) ? default : new(WaitAsync());

        async Task WaitAsync()
        {
            var patience = GuestBudget.For(_definition, options).WallTime;
            if (!await _permits.WaitAsync(patience, cancellation).ConfigureAwait(false))
            {
                throw Busy(function);
            }
        }
    }

    /// <summary>Gives the place back.</summary>
    internal void Leave() => _permits.Release();

    /// <summary>Within a place: an idle instance of the tenant, or a new one.</summary>
    internal GuestInstance Rent(PluginCallOptions? options, CancellationToken cancellation)
    {
        var instance = TakeIdle(options?.Tenant, out var displaced);
        displaced?.Dispose();
        try
        {
            return instance ??= GuestInstance.Create(_definition, options, cancellation);
        }
        finally
        {
            if (instance is null)
            {
                CountReturn();
            }
        }
    }

    /// <summary>Takes an instance back after a call, good or bad.</summary>
    internal void Return(GuestInstance instance)
    {
        var isClean = false;
        try
        {
            isClean = instance.TryReset();
        }
        finally
        {
            if (!TryKeep(instance, isClean))
            {
                instance.Dispose();
            }
        }
    }

    /// <summary>Releases idle instances now, and running ones when their calls end.</summary>
    public void Dispose()
    {
        lock (_idle)
        {
            _isDisposed = true;
            _idle.ForEach(instance => instance.Dispose());
            _idle.Clear();
        }
    }

    private PluginLimitException Busy(string function) => new(
        PluginErrorCode.InstanceLimit,
        new FailureSite(PluginPhase.Call, _definition.Manifest.Id, function, null),
        _definition.Environment.MaximumInstances,
        _definition.Environment.MaximumInstances + 1L);

    private GuestInstance? TakeIdle(string? tenant, out GuestInstance? displaced)
    {
        displaced = null;
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Plugin));
            _rented++;
            for (var index = _idle.Count - 1; index >= 0; index--)
            {
                var candidate = _idle[index];
                if (candidate.Tenant == tenant)
                {
                    _idle.RemoveAt(index);
                    return candidate;
                }
            }

            // The oldest idle instance of another tenant makes room, so that places bound instances too.
            if (_idle.Count + _rented > _definition.Environment.MaximumInstances && _idle.Count > 0)
            {
                displaced = _idle[0];
                _idle.RemoveAt(0);
            }

            return null;
        }
    }

    private void CountReturn()
    {
        lock (_idle)
        {
            _rented--;
        }
    }

    private bool TryKeep(GuestInstance instance, bool isClean)
    {
        lock (_idle)
        {
            _rented--;
            if (!isClean || _isDisposed)
            {
                return false;
            }

            _idle.Add(instance);
            return true;
        }
    }
}
