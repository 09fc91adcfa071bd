using Plugins.Host.Calls;
using Plugins.Host.Errors;
using Plugins.Host.Logging;
using Plugins.Host.Telemetry;

namespace Plugins.Host;

public abstract partial class PluginCaller
{
    /// <summary>A call, and what is told of it.</summary>
    private PluginResult Observe(in CallRequest request)
    {
        var observation = CallObservation.Begin(Definition, request.Function);
        try
        {
            Admit(request, out var result);
            observation?.Succeed(result);
            return result;
        }
        catch (Exception exception)
        {
            observation?.Fail(exception);
            LogFailure(exception, request.Options);
            throw;
        }
    }

    /// <inheritdoc cref="Observe"/>
    private async Task<PluginResult> ObserveAsync(DeferredCall call, CancellationToken cancellation)
    {
        var observation = CallObservation.Begin(Definition, call.Function);
        try
        {
            var result = await AdmitAsync(call, cancellation).ConfigureAwait(false);
            observation?.Succeed(result);
            return result;
        }
        catch (Exception exception)
        {
            observation?.Fail(exception);

            // On another thread: a logger that does not return must not hold up a caller who can be let go.
            ThreadPool.UnsafeQueueUserWorkItem(_ => LogFailure(exception, call.Options), null);
            throw;
        }
    }

    private void Admit(in CallRequest request, out PluginResult result)
    {
        if (Definition.Environment.Quotas is { } quotas)
        {
            AdmittedCall.Invoke(this, quotas, request, out result);
        }
        else
        {
            Invoke(request, out result);
        }
    }

    private Task<PluginResult> AdmitAsync(DeferredCall call, CancellationToken cancellation) =>
        Definition.Environment.Quotas is { } quotas
            ? AdmittedCall.InvokeAsync(this, quotas, call, cancellation)
            : InvokeAsync(call, cancellation);

    private void LogFailure(Exception exception, PluginCallOptions? options)
    {
        if (exception is PluginException failure)
        {
            Log.CallFailed(Definition, failure, (options ?? DefaultOptions)?.CallId);
        }
    }
}
