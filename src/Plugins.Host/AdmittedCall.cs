using Plugins.Host.Calls;
using Plugins.Host.Calls.Admission;

namespace Plugins.Host;

/// <summary>A call in its places, where there are quotas.</summary>
internal static class AdmittedCall
{
    internal static void Invoke(PluginCaller caller, in CallRequest request, out PluginResult result)
    {
        if (caller.Definition.Environment.Quotas is { } quotas)
        {
            Invoke(caller, quotas, request, out result);
        }
        else
        {
            caller.Invoke(request, out result);
        }
    }

    internal static Task<PluginResult> InvokeAsync(
        PluginCaller caller, DeferredCall call, CancellationToken cancellation) =>
        caller.Definition.Environment.Quotas is { } quotas
            ? InvokeAsync(caller, quotas, call, cancellation)
            : caller.InvokeAsync(call, cancellation);

    private static void Invoke(
        PluginCaller caller, CallQuotas quotas, in CallRequest request, out PluginResult result)
    {
        _ = caller.Check(request);
        var place = quotas.Enter(Ask(caller, request.Function, request.Options, request.Cancellation));
        try
        {
            caller.Invoke(request, out result);
            result = result.After(place.Waited);
        }
        finally
        {
            place.Leave();
        }
    }

    private static async Task<PluginResult> InvokeAsync(
        PluginCaller caller, CallQuotas quotas, DeferredCall call, CancellationToken cancellation)
    {
        _ = caller.Check(call.ToRequest(cancellation));
        var request = Ask(caller, call.Function, call.Options, cancellation);
        var place = await quotas.EnterAsync(request).ConfigureAwait(false);
        try
        {
            var result = await caller.InvokeAsync(call, cancellation).ConfigureAwait(false);
            return result.After(place.Waited);
        }
        finally
        {
            place.Leave();
        }
    }

    private static QuotaRequest Ask(
        PluginCaller caller, string function, PluginCallOptions? options, CancellationToken cancellation) => new(
        caller.Definition,
        CallQuotas.KeyOf(caller.Definition, caller.Tenants.Resolve(options)),
        caller.Site(function, options),
        GuestBudget.For(caller.Definition, options ?? caller.DefaultOptions).WallTime,
        caller.Ending,
        cancellation);
}
