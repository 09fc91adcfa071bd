using System.Threading.RateLimiting;
using Plugins.Host.Errors;
using Plugins.Host.Quotas;

namespace Plugins.Host.Calls.Admission;

/// <summary>One wait of a call for one of its places.</summary>
internal sealed class QuotaWait : IDisposable
{
    private readonly QuotaRequest _request;
    private readonly QuotaStage _stage;
    private readonly RateLimitLease _refusal;
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _disposal;
    private readonly long _began;

    /// <param name="request">The call.</param>
    /// <param name="stage">Where it waits.</param>
    /// <param name="refusal">What it was told at first.</param>
    /// <param name="patience">How long it waits.</param>
    /// <param name="disposal">Ends when the host is disposed.</param>
    internal QuotaWait(
        QuotaRequest request,
        QuotaStage stage,
        RateLimitLease refusal,
        TimeSpan patience,
        CancellationToken disposal)
    {
        _request = request;
        _stage = stage;
        _refusal = refusal;
        _disposal = disposal;
        _source = CancellationTokenSource.CreateLinkedTokenSource(request.Cancellation, request.Ending, disposal);
        _source.CancelAfter(patience);
        _began = request.Definition.Environment.Clock.Now;
        request.Definition.CountWaiting(1);
    }

    internal CancellationToken Token => _source.Token;

    private bool IsDisposed => _disposal.IsCancellationRequested || _request.Ending.IsCancellationRequested;

    /// <summary>It is over, and this is what came of it.</summary>
    internal RateLimitLease End(RateLimitLease lease)
    {
        _request.Waited += _request.Definition.Environment.Clock.Since(_began);
        return lease.IsAcquired ? lease : throw (IsDisposed ? Disposed() : Refuse(lease, isQueueFull: true));
    }

    /// <summary>It was ended: by the caller, by a disposal, or because the patience has.</summary>
    internal Exception Translate(Exception exception) => (exception, _request.Cancellation) switch
    {
        (_, { IsCancellationRequested: true } caller) => new OperationCanceledException(caller),
        (OperationCanceledException, _) when !IsDisposed => Refuse(_refusal, isQueueFull: false),
        _ => Disposed(),
    };

    public void Dispose()
    {
        _request.Definition.CountWaiting(-1);
        _source.Dispose();
    }

    private static ObjectDisposedException Disposed() => new(nameof(Plugin));

    private PluginQuotaException Refuse(RateLimitLease refusal, bool isQueueFull) =>
        _stage.Refuse(_request.Key, _request.Site, refusal, isQueueFull);
}
