using Plugins.Host.Abi;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Logging;

namespace Plugins.Host.Calls;

/// <summary>What one instance's running call has read, written and used so far; used again by the next call.</summary>
internal sealed class CallState
{
    private PluginCallContext? _context;

    internal CallState(PluginDefinition definition, IEngineInstance engine, CallSlot slot, CallClock clock)
    {
        Definition = definition;
        Engine = engine;
        Slot = slot;
        Clock = clock;
        Log = new GuestLog(definition);
    }

    internal PluginDefinition Definition { get; }

    internal IEngineInstance Engine { get; }

    internal CallSlot Slot { get; }

    internal CallClock Clock { get; }

    internal InputSource Input { get; } = new();

    internal OutputTarget Output { get; } = new();

    internal ErrorText Error { get; } = new();

    internal ResultBuffer Result { get; } = new();

    internal GuestLog Log { get; }

    internal CapabilityFailureLog Failures { get; } = new();

    internal PluginLimits Limits => Definition.Limits;

    internal PluginCallOptions Options { get; private set; } = PluginCallOptions.Default;

    internal PluginPhase Phase { get; private set; }

    internal string? Function { get; private set; }

    internal int HostCalls { get; private set; }

    /// <summary>Whether guest state now depends on more than the module and its settings.</summary>
    internal bool IsTainted { get; set; }

    internal bool IsInterrupted => Slot.Reason != InterruptReason.None;

    /// <summary>Cancelled when the call is over time, cancelled or its host disposed.</summary>
    internal CancellationToken Cancellation => Slot.Token;

    /// <summary>What host functions see; made when the first one is called.</summary>
    internal PluginCallContext Context => _context ??= new PluginCallContext(this);

    internal void Begin(PluginPhase phase, string? function, PluginCallOptions? options)
    {
        Phase = phase;
        Function = function;
        Options = options ?? PluginCallOptions.Default;
        HostCalls = 0;
        Error.Clear();
        Result.Clear();
        Log.Begin();
        Failures.Begin();
    }

    internal void End()
    {
        Input.End();
        Output.End();
        Result.Clear();
        Options = PluginCallOptions.Default;
        if (_context is not null)
        {
            _context.End();
            _context = null;
        }
    }

    internal FailureSite Site() => new(Phase, Definition.Manifest.Id, Function, Error.Read());

    /// <summary>
    /// Takes fuel for bytes the host moves: 1 for each 64, so that a guest cannot have them moved for nothing.
    /// </summary>
    internal void ChargeBytes(uint bytes)
    {
        if (Definition.MetersFuel)
        {
            Engine.ConsumeFuel(((long)bytes + 63) / 64);
        }
    }

    internal void ChargeHostCall()
    {
        if (++HostCalls > Limits.HostCalls)
        {
            throw new PluginLimitException(PluginErrorCode.HostCallLimit, Site(), Limits.HostCalls, HostCalls);
        }
    }
}
