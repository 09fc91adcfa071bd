using System.Buffers;
using System.Runtime.ExceptionServices;
using Plugins.Host.Capabilities;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Recording;

namespace Plugins.Host.Calls.Exchange;

/// <summary>One imported function of module <c>plugins:host/v1</c>, for one instance.</summary>
internal sealed class CapabilityPort
{
    private readonly CallState _call;
    private readonly CapabilityBinding _binding;

    internal CapabilityPort(CallState call, CapabilityBinding binding)
    {
        _call = call;
        _binding = binding;
    }

    internal int Invoke(int source, int length)
    {
        _call.ChargeHostCall();
        var request = AbiFunctions.GetRange(_call, _binding.Name, source, length);
        _call.ChargeBytes((uint)length);
        _call.Result.Clear();
        return _call.Tape is { } tape ? InvokeOnTape(tape, request) : InvokeOffTape(request);
    }

    private int InvokeOnTape(CallTape tape, ReadOnlySpan<byte> request)
    {
        if (tape is ReplayTape replay)
        {
            return Replay(replay, request);
        }

        var before = _call.FuelOfHost;
        var status = CapabilityStatus.Failed;
        try
        {
            status = (CapabilityStatus)InvokeOffTape(request);
        }
        finally
        {
            // Also where it ended for want of fuel, which is what ends a replay then.
            if (_call.Slot.Caller is not { IsLetGo: true })
            {
                Record((RecordingTape)tape, request, status, _call.FuelOfHost - before);
            }
        }

        return (int)status;
    }

    // What decides on secrets is the application's.
    private void Record(RecordingTape tape, ReadOnlySpan<byte> request, CapabilityStatus status, long fuel)
    {
        _call.Leave();
        tape.AddCall(_binding.Name, request, (int)status, _call.Result.Written, fuel);
        _call.Return();
    }

    private int Replay(ReplayTape tape, ReadOnlySpan<byte> request)
    {
        RecordedCall answer;
        _call.Leave();
        try
        {
            answer = tape.Answer(_binding.Name, request, _call.Limits.CapabilityResultBytes);
        }
        finally
        {
            _call.Return();
        }

        _call.ConsumeFuel(answer.Fuel);
        _call.Result.Open(_call.Limits.CapabilityResultBytes);
        _call.Result.Write(answer.Result);
        _call.Result.Close();
        return answer.Status;
    }

    private int InvokeOffTape(ReadOnlySpan<byte> request)
    {
        if (_binding.Capability is not { } capability)
        {
            _call.Definition.Environment.Telemetry.CountDenial(_call.Definition, _binding.Name);
            return (int)CapabilityStatus.Denied;
        }

        if (request.Length > _call.Limits.CapabilityRequestBytes)
        {
            return (int)CapabilityStatus.TooLarge;
        }

        // State that saw more than module and settings must not be shared by later calls; see CallState.IsTainted.
        _call.IsTainted |= !capability.IsPure;
        return (int)Invoke(capability, request);
    }

    private CapabilityStatus Invoke(Capability capability, ReadOnlySpan<byte> request)
    {
        var result = _call.Result;
        result.Open(_call.Limits.CapabilityResultBytes);
        CapabilityStatus status;
        Exception? failure = null;
        var environment = _call.Definition.Environment;
        var started = environment.Telemetry.HostCallDuration.Enabled ? environment.Clock.Now : 0;
        _call.Leave();
        try
        {
            status = capability.Invoke(_call, request, result);
        }
        catch (Exception exception)
        {
            failure = exception;
            status = CapabilityStatus.Failed;
        }

        result.Close();
        result = _call.Result;
        _call.Return();
        if (started != 0)
        {
            var duration = environment.Clock.Between(started, environment.Clock.Now);
            environment.Telemetry.RecordHostCall(_call.Definition, capability.Name, status, duration);
        }

        if (_call.OutOfFuel is { } outOfFuel)
        {
            // Work charged to the guest by a host function ends the guest, whatever the function made of it.
            ExceptionDispatchInfo.Throw(outOfFuel);
        }

        if (failure is not null)
        {
            status = Describe(failure, capability, result);
        }

        if (status is not (CapabilityStatus.Success or CapabilityStatus.Failed))
        {
            result.Clear();
        }

        return status;
    }

    private CapabilityStatus Describe(Exception failure, Capability capability, ResultBuffer result) => failure switch
    {
        ResultTooLargeException => CapabilityStatus.TooLarge,
        HttpSendException http => HttpSendCapability.Report(_call, result, http),
        GuestVisibleException visible => CapabilityFailure.Report(result, visible.GuestMessage),
        _ => CapabilityFailure.Conceal(_call, capability.Name, failure),
    };
}
