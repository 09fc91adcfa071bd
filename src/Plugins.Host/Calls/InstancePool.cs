using Plugins.Host.Budgets;
using Plugins.Host.Calls.Admission;
using Plugins.Host.Errors;

namespace Plugins.Host.Calls;

/// <summary>
/// The instances of one plugin that serve calls without a session: a bounded number, each for one tenant.
/// </summary>
/// <remarks>
/// An instance goes back only in the state after its initialisation. One that cannot be brought there, because its
/// initialisation used what differs between calls, is thrown away, and the next call makes its own.
/// </remarks>
internal sealed class InstancePool : IDisposable, IIdleMemory
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
        Memory?.Host.Add(this);
    }

    /// <summary>Calls that wait for a place.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Ends when the plugin is disposed.</summary>
    internal CancellationToken Ending => _disposal.Token;

    /// <summary>Waits for one of the places, no longer than the host's options allow.</summary>
    /// <returns>How long it waited.</returns>
    internal InstancePlace Enter(in CallRequest request)
    {
        var waited = _permits.Wait(0, CancellationToken.None) ? TimeSpan.Zero : Wait(request);
        return Memory is null ? new InstancePlace(waited) : ReserveFor(request, waited);
    }

    /// <inheritdoc cref="Enter"/>
    internal ValueTask<InstancePlace> EnterAsync(DeferredCall call, CancellationToken cancellation) =>
        Memory is null && _permits.Wait(0, CancellationToken.None)
            ? default
            : new(EnterSlowlyAsync(call, cancellation));

    /// <summary>Gives the place back.</summary>
    internal void Leave(in InstancePlace place)
    {
        place.Memory?.Settle();
        _permits.Release();
    }

    /// <summary>Within a place: an idle instance of the tenant, or a new one.</summary>
    internal GuestInstance Rent(in CallRequest request, InstanceMemory? reserved = null)
    {
        var instance = TakeIdle(_definition.Tenants.Resolve(request.Options), out var displaced);
        try
        {
            displaced?.Dispose();
            return instance ??= Create(request, reserved);
        }
        finally
        {
            if (instance is null)
            {
                CountReturn();
            }
        }
    }

    /// <inheritdoc/>
    public PluginMemory? Memory => _definition.Memory;

    /// <inheritdoc/>
    public long IdlePages
    {
        get
        {
            lock (_idle)
            {
                return _idle.Sum(instance => (long)instance.Pages);
            }
        }
    }

    /// <inheritdoc/>
    public long? IdleSince
    {
        get
        {
            lock (_idle)
            {
                return _idle.Count == 0 ? null : _idle[0].IdleSince;
            }
        }
    }

    /// <inheritdoc/>
    public bool TryGiveBack()
    {
        GuestInstance oldest;
        lock (_idle)
        {
            if (_idle.Count == 0)
            {
                return false;
            }

            oldest = _idle[0];
            _idle.RemoveAt(0);
        }

        oldest.Dispose();
        return true;
    }

    /// <summary>Whether initialisations have fuel and time of the call that they are run for.</summary>
    internal bool InitializesForEachCall => _initializesForEachCall;

    /// <summary>Within a place: an instance that no call has used, to be given back by <see cref="Drop"/>.</summary>
    internal GuestInstance RentFresh(
        in CallRequest request, InstanceMemory? reserved, bool initializesForEachCall)
    {
        _ = TakeIdle(_definition.Tenants.Resolve(request.Options), out var displaced, takesIdle: false);
        try
        {
            displaced?.Dispose();
            return GuestInstance.Create(_definition, request, reserved ?? Reserve(request), initializesForEachCall);
        }
        catch
        {
            CountReturn();
            throw;
        }
    }

    /// <summary>Ends an instance that serves no other call.</summary>
    internal void Drop(GuestInstance instance)
    {
        CountReturn();
        instance.Dispose();
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
        GuestInstance[] idle;
        lock (_idle)
        {
            _isDisposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var instance in idle)
        {
            instance.Dispose();
        }

        Memory?.Host.Remove(this);
        _disposal.Cancel();
    }

    private InstancePlace ReserveFor(in CallRequest request, TimeSpan waited)
    {
        try
        {
            if (HasIdle(request.Options))
            {
                return new InstancePlace(waited);
            }

            var began = _definition.Environment.Clock.Now;
            var memory = Reserve(request);
            return new InstancePlace(waited + _definition.Environment.Clock.Since(began), memory);
        }
        catch
        {
            _permits.Release();
            throw;
        }
    }

    private async Task<InstancePlace> EnterSlowlyAsync(DeferredCall call, CancellationToken cancellation)
    {
        var waited = _permits.Wait(0, CancellationToken.None)
            ? TimeSpan.Zero
            : await WaitAsync(call, cancellation).ConfigureAwait(false);
        if (Memory is not { } memory || HasIdle(call.Options))
        {
            return new InstancePlace(waited);
        }

        try
        {
            var began = _definition.Environment.Clock.Now;
            var request = new MemoryRequest(_definition, memory, call.Function, call.Options, Ending, cancellation);
            var reserved = await request.ReserveAsync(() => !HasIdle(call.Options)).ConfigureAwait(false);
            return new InstancePlace(waited + _definition.Environment.Clock.Since(began), reserved);
        }
        catch
        {
            _permits.Release();
            throw;
        }
    }

    private bool HasIdle(PluginCallOptions? options)
    {
        var tenant = _definition.Tenants.Resolve(options);
        lock (_idle)
        {
            foreach (var instance in _idle)
            {
                if (instance.Tenant == tenant)
                {
                    return true;
                }
            }

            return false;
        }
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
    // Where the idle instance that a call counted on was taken by another, there is nothing reserved.
    private GuestInstance Create(in CallRequest request, InstanceMemory? reserved)
    {
        reserved ??= Reserve(request);
        var instance = GuestInstance.Create(_definition, request, reserved, isOfTheCall: _initializesForEachCall);
        _initializesForEachCall |= !instance.IsCaptured;
        return instance;
    }

    private InstanceMemory? Reserve(in CallRequest request) =>
        MemoryRequest.Reserve(_definition, request.Function, request.Options, Ending, request.Cancellation);

    private static Exception Interrupted(CancellationToken cancellation) => cancellation.IsCancellationRequested
        ? new OperationCanceledException(cancellation)
        : new ObjectDisposedException(nameof(Plugin));

    private PluginLimitException Busy(string function, PluginCallOptions? options) => new(
        PluginErrorCode.InstanceLimit,
        new FailureSite(PluginPhase.Call, _definition.Manifest.Id, function, null) { CallId = options?.CallId },
        _definition.Environment.MaximumInstances,
        _definition.Environment.MaximumInstances + 1L);

    private GuestInstance? TakeIdle(string? tenant, out GuestInstance? displaced, bool takesIdle = true)
    {
        displaced = null;
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(Plugin));
            _rented++;
            for (var index = takesIdle ? _idle.Count - 1 : -1; index >= 0; index--)
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

            instance.IdleSince = Memory is null ? 0 : _definition.Environment.Clock.Now;
            _idle.Add(instance);
        }

        Memory?.Host.TellOfIdle();
        return true;
    }
}
