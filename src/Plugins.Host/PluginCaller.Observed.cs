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
            GuardedCall.Invoke(this, request, out var result);
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
            var result = await GuardedCall.InvokeAsync(this, call, cancellation).ConfigureAwait(false);
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

    private void LogFailure(Exception exception, PluginCallOptions? options)
    {
        if (exception is PluginException failure)
        {
            Log.CallFailed(Definition, failure, (options ?? DefaultOptions)?.CallId);
        }
    }
}
