using Plugins.Host.Budgets;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Capabilities;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Limits;
using Plugins.Host.Logging;
using Plugins.Host.Recording;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Calls;

/// <summary>State of one instance's running call: what it read, wrote and used; reused by the next call.</summary>
internal sealed class CallState
{
    private PluginCallContext? _context;
    private HttpCall? _http;
    private CallNesting _nesting;

    internal CallState(
        PluginDefinition definition, string? tenant, IEngineInstance engine, CallSlot slot, CallClock clock)
    {
        Definition = definition;
        Tenant = tenant;
        Engine = engine;
        Slot = slot;
        Clock = clock;
        Log = new GuestLog(definition);
    }

    internal PluginDefinition Definition { get; }

    /// <summary>The instance's, which serves no other.</summary>
    internal string? Tenant { get; }

    internal IEngineInstance Engine { get; }

    /// <summary>What the instance has of the memory budgets; null where there are none.</summary>
    internal InstanceMemory? Memory { get; init; }

    internal CallSlot Slot { get; }

    internal CallClock Clock { get; }

    internal InputSource Input { get; } = new();

    internal OutputTarget Output { get; } = new();

    internal ErrorText Error { get; } = new();

    internal ResultBuffer Result { get; private set; } = new();

    internal RequestCopy Requests { get; } = new();

    internal GuestLog Log { get; }

    /// <summary>The functions of WASI; null until a module that imports them is linked.</summary>
    internal WasiPort? Wasi { get; set; }

    internal CapabilityFailureLog Failures { get; } = new();

    internal PluginLimits Limits => Definition.Limits;

    internal PluginCallOptions Options { get; private set; } = PluginCallOptions.Default;

    internal PluginPhase Phase { get; private set; }

    internal string? Function { get; private set; }

    /// <summary>What records or replays the call, or null.</summary>
    internal CallTape? Tape { get; private set; }

    /// <summary>Fuel that was taken for work of the host.</summary>
    internal long FuelOfHost { get; private set; }

    /// <summary>How many calls it is within.</summary>
    internal int Depth { get; private set; }

    internal int HostCalls { get; private set; }

    /// <summary>True if guest state now depends on more than the module and its settings.</summary>
    internal bool IsTainted { get; set; }

    internal bool IsInterrupted => Slot.IsStopped;

    /// <summary>The failure if the guest ran out of fuel for work of the host, or null.</summary>
    internal Exception? OutOfFuel { get; private set; }

    /// <summary>Cancelled when the call is over time, cancelled or its host disposed.</summary>
    internal CancellationToken Cancellation => Slot.Token;

    /// <summary>What host functions see; made when the first one is called.</summary>
    internal PluginCallContext Context => _context ??= new PluginCallContext(this);

    /// <summary>What the call sends by HTTP; made when it first does.</summary>
    internal HttpCall Http => _http ??= new HttpCall
    {
        Plugin = Context.Plugin,
        IsSigned = Context.IsSigned,
        Tenant = Tenant,
        CallId = Context.CallId,
        Scope = Definition.Grant.ScopeOf(PermissionNames.HttpSend),
        Transports = Definition.HttpTransports,
        ResultBytes = Limits.CapabilityResultBytes,
        Instruments = Definition.Environment.Telemetry.Http,
    };

    /// <summary>Time until the deadline; never negative.</summary>
    internal TimeSpan TimeRemaining
    {
        get
        {
            // Read once: a second look may find the deadline passed.
            var remaining = Clock.Remaining;
            return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
        }
    }

    internal void Begin(PluginPhase phase, string? function, PluginCallOptions? options)
    {
        Phase = phase;
        Function = function;
        Depth = CallNesting.Current;
        Options = options ?? PluginCallOptions.Default;
        Tape = Options.Tape;
        FuelOfHost = 0;
        HostCalls = 0;
        OutOfFuel = null;
        _http = null;
        Error.Clear();
        Result.Clear();
        Log.Begin();
        Failures.Begin();
    }

    /// <summary>Forgets the call. Nothing of the application's can prevent that.</summary>
    internal void End()
    {
        Input.End();
        Output.End();
        if (_context is null)
        {
            Result.Clear();
        }
        else
        {
            // A host function may have kept the writer, or memory it gave: neither must reach a later call's result.
            Result = new ResultBuffer();
        }

        Options = PluginCallOptions.Default;
        Tape = null;
        var context = _context;
        _context = null;
        if (context?.End() is { } services)
        {
            Leave();
            services.Dispose(TimeRemaining);
            _nesting.Exit(Depth);
            _ = Slot.Caller?.TryReturn();
        }

        _nesting.Clear();
    }

    /// <summary>The call's id, if the application gave it one or somebody has asked for it.</summary>
    internal string? KnownCallId => _context?.CallId ?? Options.CallId;

    internal FailureSite Site() => new(Phase, Definition.Manifest.Id, Function, Error.Read())
    {
        CallId = Context.CallId,
    };

    /// <summary>
    /// Takes fuel for bytes the host moves: 1 for each 64, so that a guest cannot have them moved for nothing.
    /// </summary>
    internal void ChargeBytes(uint bytes)
    {
        ConsumeFuel(((long)bytes + 63) / 64);
    }

    /// <summary>Takes fuel; throws the engine's trap, and keeps it, when too little is left.</summary>
    internal void ConsumeFuel(long amount)
    {
        FuelOfHost += amount;
        if (!Definition.MetersFuel)
        {
            return;
        }

        try
        {
            Engine.ConsumeFuel(amount);
        }
        catch (Exception exception)
        {
            OutOfFuel = exception;
            throw;
        }
    }

    /// <summary>Application code is about to run; <see cref="Return"/> when it has.</summary>
    internal void Leave()
    {
        _nesting.Enter(Depth);
        Clock.Leave();
        LeaveUncounted();
    }

    /// <summary>The same for code that makes no calls of plugins; <see cref="ReturnUncounted"/> after it.</summary>
    /// <remarks>Nothing is allocated.</remarks>
    internal void LeaveUncounted() => Slot.Caller?.Leave();

    /// <summary>Application code has returned: its call goes on, unless its caller has gone.</summary>
    /// <exception cref="CallerGoneException">The call is over, and the thread must touch nothing of it.</exception>
    internal void Return()
    {
        _nesting.Exit(Depth);
        ReturnUncounted();
        Clock.Return();
    }

    /// <inheritdoc cref="Return"/>
    internal void ReturnUncounted()
    {
        if (Slot.Caller is { } caller && !caller.TryReturn())
        {
            throw new CallerGoneException();
        }
    }

    /// <summary>Ends what live objects of the call do, while the code that holds them still runs.</summary>
    internal void Detach() => _context?.Detach();

    /// <summary>Runs asynchronous application code and waits for it, at most until the call is stopped.</summary>
    /// <remarks>
    /// Not on the scheduler of a task that makes the call, which might run one task at a time: this one.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The call was stopped; what has begun goes on alone.</exception>
    internal T Await<TState, T>(TState state, Func<TState, CancellationToken, ValueTask<T>> operation)
    {
        var cancellation = Cancellation;
        var pending = TaskScheduler.Current == TaskScheduler.Default
            ? operation(state, cancellation)
            : StartElsewhere(state, operation, cancellation);
        try
        {
            return Wait(pending);
        }
        catch (OperationCanceledException) when (IsInterrupted)
        {
            // What goes on may still write: no longer to where the guest reads.
            Result.Close();
            Result = new ResultBuffer();
            throw;
        }
    }

    /// <summary>Waits for the application's task, at most until the call is stopped.</summary>
    /// <exception cref="OperationCanceledException">The call was stopped; the task goes on without it.</exception>
    internal T Wait<T>(ValueTask<T> pending)
    {
        if (pending.IsCompleted)
        {
            return pending.GetAwaiter().GetResult();
        }

        var began = Clock.BeginWait();
        try
        {
            return Slot.Wait(pending, Definition.Abandoned);
        }
        finally
        {
            Clock.EndWait(began);
        }
    }

    /// <inheritdoc cref="Wait{T}(ValueTask{T})"/>
    internal void Wait(ValueTask pending)
    {
        if (pending.IsCompleted)
        {
            pending.GetAwaiter().GetResult();
            return;
        }

        _ = Wait(new ValueTask<bool>(WithResult(pending.AsTask())));

        static async Task<bool> WithResult(Task task)
        {
            await task.ConfigureAwait(false);
            return true;
        }
    }

    /// <inheritdoc cref="Await{TState, T}"/>
    internal T Await<T>(Func<CancellationToken, ValueTask<T>> operation) =>
        Await(operation, static (start, cancellation) => start(cancellation));

    // Apart from where it is called, because the closure would be made whether it is needed or not.
    private static ValueTask<T> StartElsewhere<TState, T>(
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> operation,
        CancellationToken cancellation) =>
        new(Task.Run(() => operation(state, cancellation).AsTask(), CancellationToken.None));

    internal void ChargeHostCall()
    {
        if (++HostCalls > Limits.HostCalls)
        {
            throw new PluginLimitException(PluginErrorCode.HostCallLimit, Site(), Limits.HostCalls, HostCalls);
        }
    }
}
