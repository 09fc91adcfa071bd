using System.Diagnostics;
using System.Net.Http;

namespace Plugins.Host.Capabilities.Http.Tracing;

/// <summary>Tells servers that the application names which trace a request belongs to (W3C Trace Context).</summary>
/// <param name="hosts">Host names, exact or <c>*.suffix</c>.</param>
/// <remarks>Baggage is never sent: it holds whatever the application has put there.</remarks>
internal sealed class TraceContext(IReadOnlyList<string> hosts)
{
    private const string Parent = "traceparent";
    private const string State = "tracestate";

    /// <summary>Adds the headers where the destination gets them; the guest's own are left out there.</summary>
    /// <param name="message">What is sent.</param>
    /// <param name="address">Where to.</param>
    /// <param name="span">The request's span; null for the one that is current.</param>
    internal void AddTo(HttpRequestMessage message, Uri address, Activity? span)
    {
        if (!hosts.Any(pattern => AddressPolicy.Covers(pattern, address.IdnHost)))
        {
            return;
        }

        OutgoingRequest.Remove(message, Parent);
        OutgoingRequest.Remove(message, State);
        span ??= Activity.Current;
        if (span is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
        {
            message.Headers.TryAddWithoutValidation(Parent, id);
            if (span.TraceStateString is { Length: > 0 } state && HeaderRules.IsValue(state))
            {
                message.Headers.TryAddWithoutValidation(State, state);
            }
        }
    }
}
