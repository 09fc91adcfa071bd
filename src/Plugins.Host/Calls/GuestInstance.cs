using Plugins.Host.Budgets;
using Plugins.Host.Calls.Admission;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Engines;
using Plugins.Host.Recording;
using Plugins.Wasm;

namespace Plugins.Host.Calls;

/// <summary>One instance of a plugin: calls, what it is between calls, and how it ends.</summary>
internal sealed partial class GuestInstance : IDisposable
{
    private readonly PluginDefinition _definition;
    private readonly HostEnvironment _environment;
    private readonly IEngineInstance _engine;
    private readonly InstanceMemory? _memory;
    private readonly CallClock _clock;
    private readonly CallSlot _slot;
    private readonly CallState _call;
    private readonly Func<int>?[] _functions;
    private volatile bool _isRetired;
    private volatile bool _isReplaced;
    private volatile bool _isFaulted;
    private volatile bool _isBroken;
    private Idleness _idleness;

    private GuestInstance(PluginDefinition definition, string? tenant, InstanceMemory? memory, CallTape? tape)
    {
        _definition = definition;
        _environment = definition.Environment;
        Tenant = tenant;
        _memory = memory;
        IMemoryBudget? budget = tape is not null && (memory is not null || tape.RefusesGrowths)
            ? new TapedMemory(memory, tape)
            : memory;
        _engine = definition.Module.CreateInstance(
            budget is null ? definition.EngineLimits : definition.EngineLimits with { MemoryBudget = budget });
        _clock = new CallClock(_environment.Clock);
        _slot = new CallSlot(_engine, _environment.Watchdog) { Instance = this };
        _call = new CallState(definition, tenant, _engine, _slot, _clock) { Memory = memory };
        _functions = new Func<int>?[definition.Functions.Count];
    }

    /// <summary>The tenant it was made for; no other ever gets it.</summary>
    internal string? Tenant { get; }

    /// <summary>True if guest code was stopped in the middle, so that its state means nothing any more.</summary>
    internal bool IsFaulted => _isFaulted;

    /// <summary>True if a call is still in application code that its caller waits for no more.</summary>
    internal bool IsAbandoned => _isBroken && _slot.Caller is { IsLetGo: true };

    /// <summary>True if the state after initialisation is remembered, so that it need not be run again.</summary>
    internal bool IsCaptured { get; private set; }

    /// <summary>Pages of its memory, as far as these are counted.</summary>
    internal uint Pages => _memory?.Pages ?? 0;

    /// <summary>Since when it has served no call, on the host's clock; for the pool, where pages are counted.</summary>
    internal long IdleSince { get; set; }

    /// <summary>Makes and initialises an instance, under the limits of a call of its own.</summary>
    internal static GuestInstance Create(
        PluginDefinition definition,
        PluginCallOptions? options,
        CancellationToken ending,
        CancellationToken cancellation)
    {
        var request = new CallRequest { Function = string.Empty, Options = options, Cancellation = cancellation };
        var memory = MemoryRequest.Reserve(definition, request.Function, options, ending, cancellation);
        return Create(definition, request, memory, isOfTheCall: false);
    }

    /// <summary>Makes and initialises an instance for a call.</summary>
    /// <param name="definition">The plugin.</param>
    /// <param name="request">The call.</param>
    /// <param name="memory">What was reserved for it, where memory is counted.</param>
    /// <param name="isOfTheCall">Whether fuel and time are those of the call, which then has what is left.</param>
    internal static GuestInstance Create(
        PluginDefinition definition, in CallRequest request, InstanceMemory? memory, bool isOfTheCall)
    {
        GuestInstance? instance = null;
        try
        {
            var tenant = definition.Tenants.Resolve(request.Options);
            instance = new GuestInstance(definition, tenant, memory, request.Options?.Tape);
            definition.Environment.Watchdog.Add(instance._slot);
            instance.Initialize(request, isOfTheCall);
            definition.LearnInitialPages(instance.Pages);
            return instance;
        }
        catch
        {
            instance?.Dispose();
            throw;
        }
        finally
        {
            memory?.Settle();
        }
    }

    /// <summary>Claims the instance between calls, until <see cref="Unclaim"/>.</summary>
    /// <exception cref="InvalidOperationException">It is in the middle of a call.</exception>
    internal void Claim()
    {
        if (!_slot.TryHold())
        {
            throw InTheMiddleOfACall();
        }
    }

    /// <summary>Within a claim: brings the state after initialisation back; false where that cannot be done.</summary>
    /// <remarks>
    /// Also after a trap or an interrupt: what is remembered is everything a guest can change, so nothing of what it
    /// was in the middle of remains.
    /// </remarks>
    internal bool TryReset()
    {
        if (!IsCaptured || _isBroken || _isRetired)
        {
            return false;
        }

        try
        {
            _call.Wasi?.Dispose();
            _engine.Restore();
            _isFaulted = false;
            return true;
        }
        catch
        {
            // Whatever it was, it is no failure of the call that has ended: another instance takes this one's place.
            _isBroken = true;
            return false;
        }
    }

    /// <summary>From one thread, now and then: packs the state where no call has used it since the last time.</summary>
    internal void PackIfIdle()
    {
        if (_idleness == Idleness.Packed || _isRetired || !_slot.TryBeginPacking())
        {
            return;
        }

        try
        {
            if (_idleness == Idleness.Seen)
            {
                _ = _engine.TryPack();
            }

            _idleness++;
        }
        catch
        {
            // It keeps the state in any case; others are still to be packed.
        }

        _slot.EndPacking();
        ReleaseIfRetired();
    }

    /// <summary>Ends a claim.</summary>
    internal void Unclaim()
    {
        _slot.Leave();
        ReleaseIfRetired();
    }

    /// <summary>From any thread: lets a running call end, and then releases memory.</summary>
    internal void Retire(bool isReplaced = false)
    {
        _isReplaced = isReplaced;
        _isRetired = true;
        ReleaseIfRetired();
    }

    /// <summary>From any thread: stops a running call, and then releases memory.</summary>
    public void Dispose()
    {
        _isRetired = true;
        _slot.Stop(InterruptReason.Disposal);
        ReleaseIfRetired();
    }

    // Who holds the slot of a retired instance keeps it, so that nobody enters, and releases once.
    private void ReleaseIfRetired()
    {
        if (_isRetired && _slot.TryHold())
        {
            _environment.Watchdog.Remove(_slot);
            _call.Wasi?.Dispose();
            _engine.Dispose();
        }
    }

    private Exception InTheMiddleOfACall() => _isRetired && !_isReplaced
        ? new ObjectDisposedException(nameof(Plugin), "The plugin, its host or the session was disposed.")
        : new InvalidOperationException(
            "The session is in the middle of a call: it serves one at a time, "
            + "and a host function cannot call back into it.");

    private enum Idleness
    {
        /// <summary>Used since somebody looked.</summary>
        None,

        /// <summary>Looked at, and not used since.</summary>
        Seen,

        /// <summary>Packed, as far as that was a gain.</summary>
        Packed,
    }
}
