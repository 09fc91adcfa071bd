using System.Threading.RateLimiting;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Errors;
using Plugins.Host.Quotas;

namespace Plugins.Host.Calls.Admission;

/// <summary>Admits calls within the quotas of their plugin and tenant, and takes off what they use.</summary>
/// <remarks>Safe for use by many threads.</remarks>
internal sealed class CallQuotas : IDisposable
{
    private readonly QuotaStage[] _stages;
    private readonly QuotaStage[] _stagesOfFuel;
    private readonly CancellationTokenSource _disposal = new();

    private CallQuotas(QuotaStage[] stages)
    {
        _stages = stages;
        _stagesOfFuel = [.. stages.Where(stage => stage.IsOfFuel)];
    }

    /// <summary>Null where there are none, so that calls need not ask.</summary>
    internal static CallQuotas? Of(QuotaStage[] stages) => stages.Length == 0 ? null : new CallQuotas(stages);

    /// <summary>Takes a call's places, and waits for them no longer than its quotas allow.</summary>
    /// <exception cref="PluginQuotaException">A quota is used up.</exception>
    internal CallPlace Enter(QuotaRequest request)
    {
        var place = default(CallPlace);
        try
        {
            foreach (var stage in _stages)
            {
                var lease = AttemptAcquire(stage, request.Key);
                place.Add(lease.IsAcquired ? lease : Wait(stage, lease, request));
            }

            place.Waited = request.Waited;
            return place;
        }
        catch
        {
            place.Leave();
            throw;
        }
    }

    /// <inheritdoc cref="Enter"/>
    internal async ValueTask<CallPlace> EnterAsync(QuotaRequest request)
    {
        var place = default(CallPlace);
        try
        {
            foreach (var stage in _stages)
            {
                var lease = AttemptAcquire(stage, request.Key);
                place.Add(lease.IsAcquired ? lease : await WaitAsync(stage, lease, request).ConfigureAwait(false));
            }

            place.Waited = request.Waited;
            return place;
        }
        catch
        {
            place.Leave();
            throw;
        }
    }

    /// <summary>Takes off fuel that a guest has used.</summary>
    internal void Charge(PluginDefinition definition, string? tenant, long fuel)
    {
        foreach (var stage in _stagesOfFuel)
        {
            try
            {
                stage.Charge(KeyOf(definition, tenant), fuel);
            }
            catch
            {
                // A limiter that was disposed in the middle of the call, or the application's own: no fault of a call.
            }
        }
    }

    /// <summary>Ends all waiting.</summary>
    public void Dispose()
    {
        _disposal.Cancel();
        foreach (var stage in _stages.Where(stage => stage.IsOwned))
        {
            stage.Limiter.Dispose();
        }
    }

    internal static QuotaKey KeyOf(PluginDefinition definition, string? tenant) => new(
        new PluginCallKey(definition.Manifest.Id, definition.IsSigned, tenant, CallNesting.Current),
        definition.IdText,
        definition.VariableOwner);

    // One that was full or free for long is forgotten, perhaps at this very moment; there is another then.
    private RateLimitLease AttemptAcquire(QuotaStage stage, in QuotaKey key)
    {
        try
        {
            return stage.Limiter.AttemptAcquire(key, stage.Permits);
        }
        catch (ObjectDisposedException) when (!_disposal.IsCancellationRequested)
        {
            return stage.Limiter.AttemptAcquire(key, stage.Permits);
        }
    }

    // The task of a place ends without the help of the pool's threads, which may all be waiting like this one.
    private RateLimitLease Wait(QuotaStage stage, RateLimitLease refusal, QuotaRequest request)
    {
        using var thread = DetachedThread.Enter();
        using var wait = request.Begin(stage, refusal, _disposal.Token);
        try
        {
            var waiting = stage.Limiter.AcquireAsync(request.Key, stage.Permits, wait.Token).AsTask();
            return wait.End(waiting.GetAwaiter().GetResult());
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            throw wait.Translate(exception);
        }
    }

    private async Task<RateLimitLease> WaitAsync(QuotaStage stage, RateLimitLease refusal, QuotaRequest request)
    {
        using var wait = request.Begin(stage, refusal, _disposal.Token);
        try
        {
            return wait.End(await stage.Limiter.AcquireAsync(request.Key, stage.Permits, wait.Token)
                .ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            throw wait.Translate(exception);
        }
    }
}
