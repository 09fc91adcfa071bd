using Plugins.Host.Errors;
using Plugins.Host.Engines;

namespace Plugins.Host.Calls;

/// <summary>One instance of a plugin: calls, what it is between calls, and how it ends.</summary>
internal sealed partial class GuestInstance : IDisposable
{
    private readonly PluginDefinition _definition;
    private readonly HostEnvironment _environment;
    private readonly IEngineInstance _engine;
    private readonly CallClock _clock;
    private readonly CallSlot _slot;
    private readonly CallState _call;
    private readonly Func<int>?[] _functions;
    private bool _isCaptured;
    private bool _isBroken;

    private GuestInstance(PluginDefinition definition, string? tenant)
    {
        _definition = definition;
        _environment = definition.Environment;
        Tenant = tenant;
        _engine = definition.Module.CreateInstance(definition.EngineLimits);
        _clock = new CallClock(_environment.Time, _environment.Compilation);
        _slot = new CallSlot(_engine, _environment.Watchdog, _clock);
        _call = new CallState(definition, _engine, _slot, _clock);
        _functions = new Func<int>?[definition.Functions.Count];
    }

    /// <summary>The tenant it was made for; no other ever gets it.</summary>
    internal string? Tenant { get; }

    /// <summary>Whether guest code was stopped in the middle, so that its state means nothing any more.</summary>
    internal bool IsFaulted { get; private set; }

    /// <summary>Makes and initialises an instance, under the limits of a call of its own.</summary>
    internal static GuestInstance Create(
        PluginDefinition definition, PluginCallOptions? options, CancellationToken cancellation)
    {
        var instance = new GuestInstance(definition, options?.Tenant);
        try
        {
            definition.Environment.Watchdog.Add(instance._slot);
            instance.Initialize(options, cancellation);
            return instance;
        }
        catch
        {
            instance.Dispose();
            throw;
        }
    }

    /// <summary>Calls a function of the manifest.</summary>
    internal unsafe PluginResult Call(int function, in CallRequest request, PluginCallOptions? options)
    {
        var budget = GuestBudget.For(_definition, options);
        fixed (byte* input = request.Input)
        {
            Enter(budget);
            try
            {
                _call.Begin(PluginPhase.Call, request.Function, options);
                BeginStreams(request, input);
                Run(function, budget, request.Cancellation);
                return Finish(request, budget);
            }
            finally
            {
                Leave();
            }
        }
    }

    /// <summary>Brings the state after initialisation back; false where that was not remembered.</summary>
    /// <remarks>
    /// Also after a trap or an interrupt: what is remembered is everything a guest can change, so nothing of what it
    /// was in the middle of remains.
    /// </remarks>
    internal bool TryReset()
    {
        if (!_slot.TryHold())
        {
            throw InTheMiddleOfACall();
        }

        try
        {
            if (!_isCaptured || _isBroken)
            {
                return false;
            }

            _engine.Restore();
            IsFaulted = false;
            return true;
        }
        finally
        {
            _slot.Leave();
        }
    }

    /// <summary>From any thread; a running call is stopped, and memory released when it has ended.</summary>
    public void Dispose()
    {
        _slot.Stop(InterruptReason.Disposal);
        _environment.Watchdog.Remove(_slot);
        _engine.Dispose();
    }

    private static InvalidOperationException InTheMiddleOfACall() => new(
        "The session is in the middle of a call: it serves one at a time, "
        + "and a host function cannot call back into it.");

    private void Initialize(PluginCallOptions? options, CancellationToken cancellation)
    {
        var budget = _definition.Budget;
        Enter(budget);
        try
        {
            _call.Begin(PluginPhase.Initialization, null, options);
            _call.Output.BeginDropping(_definition.Limits.OutputBytes);
            Run(InitializeFunction, budget, cancellation);
        }
        finally
        {
            Leave();
        }

        // State that came from randomness, the clock or a tenant's data is made anew for each call instead.
        _isCaptured = (!_call.IsTainted || _definition.AcceptsFrozenInitialization) && _engine.TryCapture();
    }
}
