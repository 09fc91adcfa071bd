using Plugins.Host.Calls;
using Plugins.Host.Calls.Exchange;
using Plugins.Host.Capabilities.Http;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities;

/// <summary><c>http.send</c>: one HTTP request, and the response to it.</summary>
internal sealed class HttpSendCapability() : Capability("http.send", PermissionNames.HttpSend)
{
    internal override bool MayWait(HostEnvironment environment) => true;

    internal override CapabilityStatus Invoke(CallState call, ReadOnlySpan<byte> request, ResultBuffer result)
    {
        // A request that failed, or was left behind, may still be read: then the copy is not lent again.
        var copy = call.Requests.Take(request);
        var response = call.Await(
            (Sender: call.Definition.Environment.Http, Message: copy, Call: call.Http),
            static (state, cancellation) => state.Sender.SendAsync(state.Message, state.Call, cancellation));
        call.Requests.Give(copy);
        GuestResponseWriter.Write(response, result);
        return CapabilityStatus.Success;
    }

    /// <summary>What the guest gets for a failure; the operator gets more. docs/http.md has the table.</summary>
    internal static CapabilityStatus Report(CallState call, ResultBuffer result, HttpSendException failure)
    {
        if (failure.Kind == HttpFailureKind.CredentialFailed)
        {
            return CapabilityFailure.Conceal(call, PermissionNames.HttpSend, failure);
        }

        // A stopped call ends at the guest's next step; what its interruption threw on the way is no fault.
        if (!call.IsInterrupted)
        {
            call.Leave();
            call.Failures.Add(call, failure);
            call.Return();
        }

        return failure.Kind switch
        {
            HttpFailureKind.OutOfScope or HttpFailureKind.AddressDenied => CapabilityStatus.Denied,
            HttpFailureKind.RequestTooLarge or HttpFailureKind.ResponseTooLarge => CapabilityStatus.TooLarge,
            _ => CapabilityFailure.Report(result, MessageOf(failure)),
        };
    }

    private static string MessageOf(HttpSendException failure) => failure.Kind switch
    {
        HttpFailureKind.Malformed => $"The request is malformed: {failure.Message}.",
        HttpFailureKind.TooManyRequests => "The call has sent as many requests as it may.",
        HttpFailureKind.TooManyRedirects => "The server redirected too often.",
        HttpFailureKind.InsecureRedirect => "The server redirected from https to http.",
        HttpFailureKind.NotSecure => "No secure connection to the server could be made.",
        HttpFailureKind.InvalidResponse => "The server's response is not HTTP.",
        HttpFailureKind.Truncated => "The response ended early.",
        HttpFailureKind.InvalidEncoding => "The response's content cannot be decompressed.",
        HttpFailureKind.TimedOut => "The server did not answer in time.",
        _ => "The server could not be reached.",
    };
}
