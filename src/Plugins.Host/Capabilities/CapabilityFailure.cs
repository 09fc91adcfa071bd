using System.Text;
using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;

namespace Plugins.Host.Capabilities;

/// <summary>Decides what a guest learns about a capability that failed.</summary>
internal static class CapabilityFailure
{
    internal const string GenericMessage = "The host function failed.";

    /// <summary>Gives the guest a message that was meant for it, cut at the result's limit.</summary>
    internal static CapabilityStatus Report(ResultBuffer result, string message)
    {
        result.Replace(Encoding.UTF8.GetBytes(message));
        return CapabilityStatus.Failed;
    }

    /// <summary>Tells the operator what happened, and the guest only that something did.</summary>
    internal static CapabilityStatus Conceal(CallState call, string capability, Exception exception)
    {
        // A stopped call ends at the guest's next step; what its interruption threw on the way is no fault.
        if (!call.IsInterrupted)
        {
            call.Leave();
            call.Failures.Add(call, capability, exception);
            call.Return();
        }

        return Report(call.Result, GenericMessage);
    }
}
