using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities;

/// <summary>The call on whose behalf a host function runs.</summary>
/// <remarks>
/// For the thread of the call and until the call ends; afterwards what names the call still answers, and what is live
/// throws <see cref="ObjectDisposedException"/>.
/// </remarks>
public sealed class PluginCallContext
{
    private readonly PluginCallOptions _options;
    private CallState? _call;
    private CancellationToken? _cancellation;
    private AsyncServiceScope? _scope;

    internal PluginCallContext(CallState call)
    {
        _call = call;
        _options = call.Options;
        Plugin = call.Definition.Manifest.Id;
        IsSigned = call.Definition.IsSigned;
        Function = call.Function;
        Phase = call.Phase;
        CallId = _options.CallId ?? Guid.CreateVersion7().ToString("N");
    }

    /// <summary>The plugin that is running.</summary>
    /// <remarks>Keep apart by <see cref="IsSigned"/> too: a plugin that nobody signed may claim any id.</remarks>
    public PluginId Plugin { get; }

    /// <summary>Whether the plugin was loaded by its signature; else its id is only what its manifest claims.</summary>
    public bool IsSigned { get; }

    /// <summary>The function that the application called.</summary>
    /// <value>Null during initialisation.</value>
    public string? Function { get; }

    /// <summary>Whether this is a call or an initialisation.</summary>
    public PluginPhase Phase { get; }

    /// <summary>The id the application gave the call, or else one made up for it.</summary>
    public string CallId { get; }

    /// <summary>On whose behalf the call is made.</summary>
    /// <value>Null: the application itself.</value>
    public string? Tenant => _options.Tenant;

    /// <summary>What the application put into <see cref="PluginCallOptions.Items"/>.</summary>
    public IReadOnlyDictionary<string, object?> Items => _options.Items;

    /// <summary>Cancelled when the call is over time or its caller cancels it; pass it to whatever may wait.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            // A stop that is withdrawn makes a new one; after the call the last is what there is.
            if (_call is not null || _cancellation is null)
            {
                _cancellation = Live.Cancellation;
            }

            return _cancellation.Value;
        }
    }

    /// <summary>The application's services: the scope of the call's options, else one made for this call.</summary>
    /// <exception cref="InvalidOperationException">The host was given no services.</exception>
    public IServiceProvider Services => _options.Services ?? CreateScope();

    /// <summary>Units of fuel that the guest has left.</summary>
    public long FuelRemaining => Live.Engine.Fuel;

    /// <summary>Wall-clock time that the call has left; never negative.</summary>
    public TimeSpan TimeRemaining
    {
        get
        {
            var left = Live.Clock.Remaining;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Capability calls that the guest has left.</summary>
    public int HostCallsRemaining => Live.Limits.HostCalls - Live.HostCalls;

    private CallState Live =>
        _call ?? throw new ObjectDisposedException(nameof(PluginCallContext), "The call has ended.");

    /// <summary>How far a permission of the plugin reaches, to check a request against.</summary>
    /// <param name="permission">The permission's name.</param>
    /// <returns><see cref="PermissionScope.Nothing"/> when it is not granted.</returns>
    public PermissionScope ScopeOf(string permission) => Live.Definition.Grant.ScopeOf(permission);

    /// <summary>Takes fuel from the guest for work done on its behalf, such as for each row of a query.</summary>
    /// <param name="amount">Units of fuel, 0 or more. When too little is left, the call ends with that.</param>
    public void ConsumeFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (Live.Definition.MetersFuel)
        {
            Live.Engine.ConsumeFuel(amount);
        }
    }

    internal void End()
    {
        _call = null;
        if (_scope is { } scope)
        {
            _scope = null;
            scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private IServiceProvider CreateScope()
    {
        var scopes = Live.Definition.Environment.Scopes
            ?? throw new InvalidOperationException("The host was given no services; see PluginHostOptions.Services.");
        _scope ??= scopes.CreateAsyncScope();
        return _scope.Value.ServiceProvider;
    }
}
