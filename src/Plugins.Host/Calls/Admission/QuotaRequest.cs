using System.Threading.RateLimiting;
using Plugins.Host.Errors;
using Plugins.Host.Quotas;

namespace Plugins.Host.Calls.Admission;

/// <summary>A call that asks for its places, and how long it has waited for them.</summary>
/// <param name="definition">The plugin.</param>
/// <param name="key">Whom the call counts for.</param>
/// <param name="site">The call, for messages.</param>
/// <param name="time">The time that the call may take, which is the most that it waits in all.</param>
/// <param name="ending">Ends when the plugin or the session is disposed.</param>
/// <param name="cancellation">The caller's.</param>
internal sealed class QuotaRequest(
    PluginDefinition definition,
    QuotaKey key,
    FailureSite site,
    TimeSpan time,
    CancellationToken ending,
    CancellationToken cancellation)
{
    internal QuotaKey Key => key;

    /// <summary>Time that the call has waited.</summary>
    internal TimeSpan Waited { get; set; }

    internal PluginDefinition Definition => definition;

    internal FailureSite Site => site;

    internal CancellationToken Ending => ending;

    internal CancellationToken Cancellation => cancellation;

    /// <summary>Begins to wait, if that makes sense.</summary>
    /// <exception cref="PluginQuotaException">It does not: the patience would end before.</exception>
    internal QuotaWait Begin(QuotaStage stage, RateLimitLease refusal, CancellationToken disposal)
    {
        var left = time - Waited;
        var patience = stage.QuotaOf?.Invoke(key)?.MaximumWait is { } wait && wait < left ? wait : left;
        var isHopeless = refusal.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) && retryAfter > patience;
        return patience <= TimeSpan.Zero || isHopeless
            ? throw stage.Refuse(key, site, refusal, isQueueFull: false)
            : new QuotaWait(this, stage, refusal, patience, disposal);
    }
}
