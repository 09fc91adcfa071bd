using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities;

/// <summary>The call on whose behalf a host function runs.</summary>
/// <remarks>
/// Safe for use by many threads until the call ends, however it ends. Afterwards what names the call still answers, the
/// token is cancelled, and everything else throws <see cref="ObjectDisposedException"/>. An asynchronous call ends too
/// when its time is over and a host function does not return: that goes on alone.
/// </remarks>
public sealed class PluginCallContext
{
    // What is live belongs to an instance, which serves another call once this one has ended.
    private readonly Lock _gate = new();
    private readonly PluginCallOptions _options;
    private CallState? _call;
    private CancellationToken? _cancellation;
    private CallServices? _services;

    internal PluginCallContext(CallState call)
    {
        _call = call;
        _options = call.Options;
        Plugin = call.Definition.Manifest.Id;
        Tenant = call.Tenant;
        IsSigned = call.Definition.IsSigned;
        Function = call.Function;
        Phase = call.Phase;
        CallId = _options.CallId ?? Guid.CreateVersion7().ToString("N");
    }

    /// <summary>The plugin that is running.</summary>
    /// <remarks>An unsigned plugin may claim any id: check <see cref="IsSigned"/> too.</remarks>
    public PluginId Plugin { get; }

    /// <summary>True if the plugin was loaded with a verified signature; otherwise its id is only a claim.</summary>
    public bool IsSigned { get; }

    /// <summary>The function that the application called.</summary>
    /// <value>Null during initialisation.</value>
    public string? Function { get; }

    /// <summary>The phase of the plugin: initialisation or a call.</summary>
    public PluginPhase Phase { get; }

    /// <summary>The call's id, given by the application or else generated.</summary>
    public string CallId { get; }

    /// <summary>The tenant on whose behalf the call is made.</summary>
    /// <value>Null: the application itself.</value>
    public string? Tenant { get; }

    /// <summary>The items of <see cref="PluginCallOptions.Items"/>.</summary>
    public IReadOnlyDictionary<string, object?> Items => _options.Items;

    /// <summary>Cancelled when the call is stopped or has ended; pass it to whatever may wait.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                // A stop that is withdrawn makes a new one; after the call the last is what there is.
                return (_cancellation = _call?.Cancellation ?? _cancellation ?? Live.Cancellation).Value;
            }
        }
    }

    /// <summary>The application's services: those of the call's options, or a scope for this call.</summary>
    /// <exception cref="InvalidOperationException">The host was given no services.</exception>
    public IServiceProvider Services
    {
        get
        {
            lock (_gate)
            {
                _ = Live;
            }

            return _options.Services ?? ServicesOfTheCall();
        }
    }

    /// <summary>Units of fuel that the guest has left.</summary>
    public long FuelRemaining
    {
        get
        {
            lock (_gate)
            {
                return Live.Engine.Fuel;
            }
        }
    }

    /// <summary>Wall-clock time that the call has left; never negative.</summary>
    public TimeSpan TimeRemaining
    {
        get
        {
            lock (_gate)
            {
                return Live.TimeRemaining;
            }
        }
    }

    /// <summary>Capability calls that the guest has left.</summary>
    public int HostCallsRemaining
    {
        get
        {
            lock (_gate)
            {
                return Live.Limits.HostCalls - Live.HostCalls;
            }
        }
    }

    private CallState Live =>
        _call ?? throw new ObjectDisposedException(nameof(PluginCallContext), "The call has ended.");

    /// <summary>The scope of a permission of the plugin, to check requests against.</summary>
    /// <param name="permission">The permission's name.</param>
    /// <returns><see cref="PermissionScope.Nothing"/> when it is not granted.</returns>
    public PermissionScope ScopeOf(string permission)
    {
        lock (_gate)
        {
            return Live.Definition.Grant.ScopeOf(permission);
        }
    }

    /// <summary>Charges the guest fuel for work done on its behalf, such as each row of a query.</summary>
    /// <param name="amount">Units of fuel, 0 or more. When too little is left, the call ends with that.</param>
    public void ConsumeFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        lock (_gate)
        {
            Live.ConsumeFuel(amount);
        }
    }

    /// <summary>Ends what is live; what names the call stays.</summary>
    internal void Detach()
    {
        lock (_gate)
        {
            _call = null;
        }
    }

    /// <summary>Ends what is live, and hands over the call's services, if there are some, to be disposed.</summary>
    internal CallServices? End()
    {
        lock (_gate)
        {
            _call = null;
            var services = _services;
            _services = null;
            return services;
        }
    }

    private IServiceProvider ServicesOfTheCall()
    {
        CallServices services;
        lock (_gate)
        {
            services = _services ??= new CallServices(Live, CallId);
        }

        return services.Provider;
    }
}
