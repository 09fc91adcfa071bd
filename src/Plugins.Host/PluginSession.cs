using Plugins.Host.Calls;

namespace Plugins.Host;

/// <summary>One instance of a plugin that keeps its state from call to call.</summary>
/// <remarks>
/// One call at a time; a second one, from another thread or from a host function of the first, gets an
/// <see cref="InvalidOperationException"/>. Whoever opened it disposes it; it ends with its plugin and host as well.
/// </remarks>
public sealed class PluginSession : PluginCaller, IDisposable
{
    private readonly Plugin _plugin;
    private readonly PluginCallOptions? _options;
    private readonly Lock _gate = new();
    private volatile GuestInstance _instance;
    private volatile bool _isClosed;

    internal PluginSession(
        Plugin plugin, PluginDefinition definition, PluginCallOptions? options, CancellationToken cancellation)
        : base(definition, new TenantBinding(IsBound: true, definition.Tenants.Resolve(options)))
    {
        _plugin = plugin;
        _options = options;
        _instance = GuestInstance.Create(definition, options, plugin.Ending, cancellation);
    }

    /// <summary>True if a call was stopped midway, so that the state cannot be relied on.</summary>
    /// <remarks>
    /// Calls throw until <see cref="Reset"/>. True after every failure of a call that had begun, but for those where
    /// the guest had returned: <see cref="Errors.PluginGuestException"/>, and a writer that failed.
    /// </remarks>
    public bool IsFaulted => _instance.IsFaulted;

    internal override CancellationToken Ending => _plugin.Ending;

    internal override PluginCallOptions? DefaultOptions => _options;

    /// <summary>Restores the state after initialisation.</summary>
    /// <exception cref="InvalidOperationException">A call is running.</exception>
    /// <exception cref="ObjectDisposedException">The session, its plugin or its host was disposed.</exception>
    /// <remarks>
    /// An initialisation that used randomness, the clock or variables is run again, as when it was opened. When it
    /// fails, the session is as it was before.
    /// </remarks>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var before = _instance;
        if (before.IsAbandoned)
        {
            Replace(before);
            return;
        }

        before.Claim();
        try
        {
            if (!before.TryReset())
            {
                Replace(before);
            }
        }
        finally
        {
            before.Unclaim();
        }
    }

    /// <summary>
    /// Releases the instance; a running call is stopped and throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        _plugin.Forget(this);
        Close().Dispose();
    }

    /// <summary>Refuses new calls, and releases the instance when a running one has ended.</summary>
    internal void Retire() => Close().Retire();

    private GuestInstance Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _instance;
        }
    }

    private void Replace(GuestInstance before)
    {
        var fresh = GuestInstance.Create(Definition, _options, Ending, CancellationToken.None);
        if (TryReplace(before, fresh))
        {
            before.Retire(isReplaced: true);
        }
        else
        {
            fresh.Dispose();
            ObjectDisposedException.ThrowIf(_isClosed, this);
        }
    }

    // Not where the session was disposed meanwhile, or reset by another thread.
    private bool TryReplace(GuestInstance before, GuestInstance fresh)
    {
        lock (_gate)
        {
            if (_isClosed || _instance != before)
            {
                return false;
            }

            _instance = fresh;
            return true;
        }
    }

    internal override void Invoke(in CallRequest request, out PluginResult result)
    {
        var function = Check(request);
        ObjectDisposedException.ThrowIf(_isClosed, this);
        var instance = _instance;
        if (instance.IsFaulted)
        {
            throw new InvalidOperationException("A call was stopped in the middle; reset the session first.");
        }

        instance.Call(function, request, request.Options ?? _options, out result);
    }

    internal override async Task<PluginResult> InvokeAsync(DeferredCall call, CancellationToken cancellation)
    {
        _ = Check(call.ToRequest(cancellation));
        return await RunAsync(
            call,
            caller =>
            {
                Invoke(call.ToRequest(cancellation, caller), out var result);
                return result;
            },
            static () => { },
            cancellation).ConfigureAwait(false);
    }
}
