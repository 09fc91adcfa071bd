using Plugins.Host.Calls;
using Plugins.Host.Capabilities;
using Plugins.Host.Engines;

namespace Plugins.Host.Abi;

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
        if (_binding.Capability is not { } capability)
        {
            return (int)CapabilityStatus.Denied;
        }

        if (length > _call.Limits.CapabilityRequestBytes)
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
        try
        {
            status = capability.Invoke(_call, request, result);
        }
        catch (ResultTooLargeException)
        {
            status = CapabilityStatus.TooLarge;
        }
        catch (GuestVisibleException exception)
        {
            status = CapabilityFailure.Report(result, exception.GuestMessage);
        }
        catch (Exception exception) when (!IsOutOfFuel(exception))
        {
            status = CapabilityFailure.Conceal(_call, capability.Name, exception);
        }
        finally
        {
            result.Close();
        }

        if (status is not (CapabilityStatus.Success or CapabilityStatus.Failed))
        {
            result.Clear();
        }

        return status;
    }

    // Work charged to the guest by a host function ends the guest, not the function.
    private bool IsOutOfFuel(Exception exception) =>
        _call.Definition.Environment.Engine.Describe(exception)?.Kind == EngineFaultKind.OutOfFuel;
}
