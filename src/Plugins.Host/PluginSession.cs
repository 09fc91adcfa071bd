using Plugins.Host.Calls;

namespace Plugins.Host;

/// <summary>One instance of a plugin that keeps its state from call to call.</summary>
/// <remarks>
/// One call at a time; a second one, from another thread or from a host function of the first, gets an
/// <see cref="InvalidOperationException"/>. Whoever opened it disposes it.
/// </remarks>
public sealed class PluginSession : PluginCaller, IDisposable
{
    private readonly PluginCallOptions? _options;
    private GuestInstance _instance;
    private volatile bool _isDisposed;

    internal PluginSession(PluginDefinition definition, PluginCallOptions? options, CancellationToken cancellation)
        : base(definition)
    {
        _options = options;
        _instance = GuestInstance.Create(definition, options, cancellation);
    }

    /// <summary>Whether a call was stopped in the middle, so that the state cannot be relied on.</summary>
    /// <remarks>
    /// Calls throw until <see cref="Reset"/>. A failure that the guest itself returned is no such thing.
    /// </remarks>
    public bool IsFaulted => _instance.IsFaulted;

    /// <summary>Brings the state after initialisation back.</summary>
    /// <exception cref="InvalidOperationException">A call is running.</exception>
    /// <remarks>
    /// An initialisation that used randomness, the clock or variables is run again, as when it was opened.
    /// </remarks>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_instance.TryReset())
        {
            var before = _instance;
            _instance = GuestInstance.Create(Definition, _options, CancellationToken.None);
            before.Dispose();
        }
    }

    /// <summary>
    /// Releases the instance; a running call is stopped and throws <see cref="ObjectDisposedException"/>.
    /// </summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _instance.Dispose();
        }
    }

    private protected override PluginResult Invoke(in CallRequest request)
    {
        var function = Check(request);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (IsFaulted)
        {
            throw new InvalidOperationException("A call was stopped in the middle; reset the session first.");
        }

        if (request.Options is null)
        {
            return _instance.Call(function, request, _options);
        }

        return request.Options.Tenant == _options?.Tenant
            ? _instance.Call(function, request, request.Options)
            : throw new ArgumentException(
                "A session serves the tenant it was opened for, and no other.", nameof(request));
    }

    private protected override Task<PluginResult> InvokeAsync(DeferredCall call, CancellationToken cancellation)
    {
        _ = Check(call.ToRequest(cancellation));
        return Task.Run(() => Invoke(call.ToRequest(cancellation)), CancellationToken.None);
    }
}
