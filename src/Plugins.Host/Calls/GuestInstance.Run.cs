using System.Runtime.ExceptionServices;
using Plugins.Host.Abi;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Errors;
using Plugins.Host.Logging;
using Plugins.Wasi;

namespace Plugins.Host.Calls;

internal sealed partial class GuestInstance
{
    private const int InitializeFunction = -1;

    // What the initialisation has used of the call that it was run for, if it was.
    private long _fuelBefore;
    private bool _hasBegun;

    /// <summary>Calls a function of the manifest.</summary>
    internal unsafe void Call(
        int function, in CallRequest request, PluginCallOptions? options, out PluginResult result)
    {
        using var thread = DetachedThread.Enter();
        var budget = GuestBudget.For(_definition, options);
        fixed (byte* input = request.Input)
        {
            var fuel = Enter(budget);
            try
            {
                _call.Begin(PluginPhase.Call, request.Function, options);
                if (request.Caller is not null)
                {
                    Accompany(request.Caller, budget, request.Cancellation);
                }

                BeginStreams(request, input);
                Run(function, fuel, budget, request.Cancellation);
                Finish(request, budget, out result);
                request.Caller?.Offer(result, null);
            }
            finally
            {
                Leave();
            }
        }
    }

    private void Initialize(in CallRequest request, bool isOfTheCall)
    {
        using var thread = DetachedThread.Enter();
        _definition.Admit(PluginPhase.Initialization, function: null);
        var budget = isOfTheCall ? GuestBudget.For(_definition, request.Options) : _definition.Budget;
        Enter(budget);
        try
        {
            _call.Begin(PluginPhase.Initialization, null, request.Options);
            if (request.Caller is not null)
            {
                Accompany(request.Caller, budget, request.Cancellation);
            }

            _call.Output.BeginDropping(_definition.Limits.OutputBytes);
            Run(InitializeFunction, budget.Fuel, budget, request.Cancellation);
            LogWhatWasNot();
            (_fuelBefore, _hasBegun) = isOfTheCall ? (Consumed(budget), true) : (0, false);
        }
        finally
        {
            Leave();
        }

        // State that came from randomness, the clock or a tenant's data is made anew for each call instead.
        IsCaptured = (!_call.IsTainted || _definition.AcceptsFrozenInitialization) && _engine.TryCapture();
    }

    /// <summary>Begins a call, or goes on with the one that the initialisation was part of.</summary>
    /// <returns>Fuel that it has.</returns>
    private long Enter(in GuestBudget budget)
    {
        ObjectDisposedException.ThrowIf(_environment.Watchdog.IsDisposed, typeof(PluginHost));
        var (used, isBegun) = (_fuelBefore, _hasBegun);
        var started = isBegun ? _clock.Started : _environment.Clock.Now;
        if (!_slot.TryEnter(started + budget.Duration))
        {
            throw InTheMiddleOfACall();
        }

        _idleness = Idleness.None;
        (_fuelBefore, _hasBegun) = (0, false);
        if (!isBegun)
        {
            _clock.Begin(started, budget.WallTime);
        }

        return Math.Max(budget.Fuel - used, 0);
    }

    // Apart from where it is called, because the closure would be made whether it is needed or not.
    private void Accompany(PendingCall caller, GuestBudget budget, CancellationToken cancellation)
    {
        caller.Begin(_definition.Abandoned, reason =>
        {
            _isFaulted = true;
            _isBroken = true;
            _call.Detach();
            return new GuestFailure(null, reason, 0).Translate(_call, budget, cancellation);
        });
        _slot.Caller = caller;
    }

    private unsafe void BeginStreams(in CallRequest request, byte* input)
    {
        var limits = _definition.Limits;
        if (request.Source is not null)
        {
            _call.Input.Begin(request.Source, request.IsAsync, limits.StreamedInputBytes);
        }
        else
        {
            _call.Input.Begin(input, request.Input.Length);
        }

        if (request.Sink is not null)
        {
            _call.Output.Begin(limits.StreamedOutputBytes, request.Sink, request.IsAsync);
        }
        else
        {
            _call.Output.Begin(limits.OutputBytes, isHandedOut: request.Writer is null);
        }
    }

    /// <summary>Runs guest code within its budget. This is the only place that does.</summary>
    private void Run(int function, long fuel, in GuestBudget budget, CancellationToken cancellation)
    {
        var code = 0;
        var hasExited = false;
        Exception? failure = null;
        _engine.Fuel = fuel;
        _engine.GrowthRefused = false;
        _memory?.RefusedBy = null;
        var registration = cancellation.CanBeCanceled
            ? cancellation.UnsafeRegister(static slot => ((CallSlot)slot!).Stop(InterruptReason.Cancellation), _slot)
            : default;
        try
        {
            code = function == InitializeFunction ? RunInitialization() : FunctionAt(function)();
        }
        catch (WasiExitException exit)
        {
            // It ended in the middle of its code, of which nothing more may be run.
            (code, hasExited, _isFaulted) = ((int)exit.Code, true, true);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        FlushOutputs(ref failure);
        registration.Dispose();
        var reason = _slot.Settle();
        _environment.Quotas?.Charge(_definition, Tenant, fuel - _engine.Fuel);
        var isUnfinished = hasExited && function == InitializeFunction;
        if (failure is not null || reason != InterruptReason.None || code != 0 || isUnfinished)
        {
            Fail(new GuestFailure(failure, reason, code), budget, cancellation);
        }
    }

    private void FlushOutputs(ref Exception? failure)
    {
        try
        {
            _call.Wasi?.Flush();
        }
        catch (Exception exception)
        {
            failure ??= exception;
        }
    }

    private void Fail(GuestFailure failure, in GuestBudget budget, CancellationToken cancellation)
    {
        LogWhatWasNot();
        var exception = failure.Translate(_call, budget, cancellation);
        if (exception is PluginException told)
        {
            _call.Tape?.End(told, Consumed(budget));
        }

        _isFaulted |= exception is not PluginGuestException;
        _slot.Caller?.Offer(null, exception);
        if (ReferenceEquals(exception, failure.Exception))
        {
            // Thrown by the host itself: either on behalf of this call, or a fault whose effects are not known.
            _isBroken |= exception is not PluginException;
            ExceptionDispatchInfo.Throw(exception);
        }

        throw exception;
    }

    private int RunInitialization()
    {
        _engine.Instantiate(new AbiFunctions(_call).CreateImports());
        if (_definition.HasInitialize)
        {
            _engine.GetAction(AbiNames.Initialize)();
        }

        return 0;
    }

    private Func<int> FunctionAt(int index) => _functions[index] ??= Find(_definition.Manifest.Functions[index].Name);

    private Func<int> Find(string function)
    {
        if (!_definition.IsCommand)
        {
            return _engine.GetFunction(function);
        }

        var start = _engine.GetAction(function);
        return () =>
        {
            start();
            return 0;
        };
    }

    private void Finish(in CallRequest request, in GuestBudget budget, out PluginResult result)
    {
        result = new PluginResult(default, Consumed(budget), _clock.Elapsed, _call.Log.Dropped)
        {
            HostTime = _clock.HostTime,
            WaitingTime = _clock.WaitingTime,
            CallId = _call.KnownCallId,
        };
        _call.Tape?.End(failure: null, result.FuelConsumed);
        _environment.Telemetry.RecordMemory(_definition, _engine);
        LogWhatWasNot();
        if (request.Writer is not null)
        {
            _call.Output.CopyTo(request.Writer, _call);
        }
        else
        {
            result = result with { Output = _call.Output.Take() };
        }
    }

    private long Consumed(in GuestBudget budget) => _environment.MetersFuel ? budget.Fuel - _engine.Fuel : 0;

    private void Leave()
    {
        var caller = _slot.Caller;
        _call.End();
        if (caller is { IsLetGo: true })
        {
            _isFaulted = true;
            _isBroken = true;
        }

        Unclaim();
    }

    private void LogWhatWasNot()
    {
        if (_call.Log.Dropped == 0 && !_call.Failures.HasUnreported)
        {
            return;
        }

        _call.Leave();
        if (_call.Log.Dropped > 0)
        {
            Log.EntriesDropped(_call, _call.Log.Dropped);
        }

        _call.Failures.Report(_call);
        _call.Return();
    }
}
