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
    private readonly CancellationTokenSource _disposal = new();
    private volatile bool _initializesForEachCall;
    private int _rented;
    private int _waiting;
    private bool _isDisposed;

    internal InstancePool(PluginDefinition definition)
    {
        _definition = definition;
        _permits = new SemaphoreSlim(definition.Environment.MaximumInstances);
    }

    /// <summary>Calls that wait for a place.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Ends when the plugin is disposed.</summary>
    internal CancellationToken Ending => _disposal.Token;

    /// <summary>Waits for one of the places, no longer than the host's options allow.</summary>
    /// <returns>How long it waited.</returns>
    internal TimeSpan Enter(in CallRequest request) =>
        _permits.Wait(0, CancellationToken.None) ? TimeSpan.Zero : Wait(request);

    /// <inheritdoc cref="Enter"/>
    internal ValueTask<TimeSpan> EnterAsync(DeferredCall call, CancellationToken cancellation) =>
        _permits.Wait(0, CancellationToken.None) ? default : new(WaitAsync(call, cancellation));

    /// <summary>Gives the place back.</summary>
    internal void Leave() => _permits.Release();

    /// <summary>Within a place: an idle instance of the tenant, or a new one.</summary>
    internal GuestInstance Rent(in CallRequest request)
    {
        var instance = TakeIdle(_definition.Tenants.Resolve(request.Options), out var displaced);
        displaced?.Dispose();
        try
        {
            return instance ??= Create(request);
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
    /// <returns>How long bringing its state back took; zero where it was dropped.</returns>
    internal TimeSpan Return(GuestInstance instance)
    {
        var clock = _definition.Environment.Clock;
        var began = clock.Now;
        instance.Claim();
        var isClean = instance.TryReset();
        var time = isClean ? clock.Between(began, clock.Now) : TimeSpan.Zero;
        instance.Unclaim();
        if (!TryKeep(instance, isClean))
        {
            instance.Dispose();
        }

        return time;
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

        _disposal.Cancel();
    }

    private TimeSpan Wait(in CallRequest request)
    {
        var began = _definition.Environment.Clock.Now;
        var patience = _definition.PatienceOf(request.Options);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation, _disposal.Token);
        Interlocked.Increment(ref _waiting);
        try
        {
            if (_permits.Wait(patience, ended.Token))
            {
                return _definition.Environment.Clock.Since(began);
            }
        }
        catch (OperationCanceledException)
        {
            throw Interrupted(request.Cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        throw Busy(request.Function, request.Options);
    }

    private async Task<TimeSpan> WaitAsync(DeferredCall call, CancellationToken cancellation)
    {
        var began = _definition.Environment.Clock.Now;
        var patience = _definition.PatienceOf(call.Options);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposal.Token);
        Interlocked.Increment(ref _waiting);
        try
        {
            if (await _permits.WaitAsync(patience, ended.Token).ConfigureAwait(false))
            {
                return _definition.Environment.Clock.Since(began);
            }
        }
        catch (OperationCanceledException)
        {
            throw Interrupted(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        throw Busy(call.Function, call.Options);
    }

    // Initialisations that differ are run again for a call, at its expense; one that is shared is nobody's.
    private GuestInstance Create(in CallRequest request)
    {
        var instance = GuestInstance.Create(_definition, request, isOfTheCall: _initializesForEachCall);
        _initializesForEachCall |= !instance.IsCaptured;
        return instance;
    }

    private static Exception Interrupted(CancellationToken cancellation) => cancellation.IsCancellationRequested
        ? new OperationCanceledException(cancellation)
        : new ObjectDisposedException(nameof(Plugin));

    private PluginLimitException Busy(string function, PluginCallOptions? options) => new(
        PluginErrorCode.InstanceLimit,
        new FailureSite(PluginPhase.Call, _definition.Manifest.Id, function, null) { CallId = options?.CallId },
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

    /// <summary>Instances that wait for a call, and those that serve one.</summary>
    internal (int Idle, int Used) Count()
    {
        lock (_idle)
        {
            return (_idle.Count, _rented);
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
