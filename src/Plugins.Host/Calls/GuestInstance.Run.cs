using System.Runtime.ExceptionServices;
using Plugins.Host.Abi;
using Plugins.Host.Errors;
using Plugins.Host.Logging;

namespace Plugins.Host.Calls;

internal sealed partial class GuestInstance
{
    private const int InitializeFunction = -1;

    private void Enter(in GuestBudget budget)
    {
        ObjectDisposedException.ThrowIf(_environment.Watchdog.IsDisposed, typeof(PluginHost));
        var started = _environment.Time.GetTimestamp();
        if (!_slot.TryEnter(Math.Max(started + budget.Duration, 1)))
        {
            throw InTheMiddleOfACall();
        }

        _clock.Begin(started, budget);
    }

    private unsafe void BeginStreams(in CallRequest request, byte* input)
    {
        var limits = _definition.Limits;
        if (request.Source is not null)
        {
            _call.Input.Begin(request.Source, request.IsAsync, limits.InputBytes);
        }
        else
        {
            _call.Input.Begin(input, request.Input.Length);
        }

        if (request.Sink is not null)
        {
            _call.Output.Begin(limits.OutputBytes, request.Sink, request.IsAsync);
        }
        else
        {
            _call.Output.Begin(limits.OutputBytes, isHandedOut: request.Writer is null);
        }
    }

    /// <summary>Runs guest code within its budget. This is the only place that does.</summary>
    private void Run(int function, in GuestBudget budget, CancellationToken cancellation)
    {
        var code = 0;
        Exception? failure = null;
        _engine.Fuel = budget.Fuel;
        _engine.GrowthRefused = false;
        var registration = cancellation.CanBeCanceled
            ? cancellation.UnsafeRegister(static slot => ((CallSlot)slot!).Stop(InterruptReason.Cancellation), _slot)
            : default;
        try
        {
            code = function == InitializeFunction ? RunInitialization() : FunctionAt(function)();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        registration.Dispose();
        var reason = _slot.Settle(isComplete: failure is null);
        if (failure is not null || reason != InterruptReason.None || code != 0)
        {
            Fail(new GuestFailure(failure, reason, code), budget, cancellation);
        }
    }

    private void Fail(GuestFailure failure, in GuestBudget budget, CancellationToken cancellation)
    {
        LogWhatWasNot();
        IsFaulted = failure.Exception is not null || failure.Reason != InterruptReason.None;
        var exception = failure.Translate(_call, budget, cancellation);
        if (ReferenceEquals(exception, failure.Exception))
        {
            // Thrown by the host itself: either on behalf of this call, or a fault whose effects are not known.
            _isBroken = exception is not PluginException;
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

    private Func<int> FunctionAt(int index) =>
        _functions[index] ??= _engine.GetFunction(_definition.Manifest.Functions[index].Name);

    private PluginResult Finish(in CallRequest request, in GuestBudget budget)
    {
        var duration = _clock.Elapsed;
        var compiled = _clock.Compiled;
        var fuel = _environment.MetersFuel ? budget.Fuel - _engine.Fuel : 0;
        LogWhatWasNot();
        if (request.Writer is not null)
        {
            _call.Output.CopyTo(request.Writer, _call);
            return new PluginResult(default, fuel, duration, _call.Log.Dropped) { CompilationTime = compiled };
        }

        return new PluginResult(_call.Output.Take(), fuel, duration, _call.Log.Dropped)
        {
            CompilationTime = compiled,
        };
    }

    private void Leave()
    {
        try
        {
            _call.End();
        }
        finally
        {
            _slot.Leave();
        }
    }

    private void LogWhatWasNot()
    {
        if (_call.Log.Dropped > 0)
        {
            Log.EntriesDropped(_call, _call.Log.Dropped);
        }

        _call.Failures.Report(_call);
    }
}
