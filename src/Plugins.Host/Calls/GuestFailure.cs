using Plugins.Host.Engines;
using Plugins.Host.Errors;

namespace Plugins.Host.Calls;

/// <summary>A failure of guest code, before the host has classified it.</summary>
/// <param name="Exception">What came out of the engine, or null when the guest returned.</param>
/// <param name="Reason">Why the host stopped it, if it did.</param>
/// <param name="Code">What the guest returned.</param>
internal readonly record struct GuestFailure(Exception? Exception, InterruptReason Reason, int Code)
{
    /// <summary>The exception for the caller; the original one where it is the host's own.</summary>
    internal Exception Translate(CallState call, in GuestBudget budget, CancellationToken cancellation)
    {
        var wasStopped = Reason != InterruptReason.None;
        if (Exception is PluginException own && !(wasStopped && own is PluginStreamException))
        {
            return Explain(own, call);
        }

        var fault = Exception is null ? null : call.Definition.Environment.Engine.Describe(Exception);
        if (wasStopped && fault is null or { Kind: EngineFaultKind.Interrupted })
        {
            return TranslateStop(call, budget, cancellation);
        }

        return fault is null && Exception is not null ? Exception : Explain(Translate(fault, call, budget), call);
    }

    /// <summary>What a guest does after it was refused memory, it does for want of memory.</summary>
    private static PluginException Explain(PluginException exception, CallState call) =>
        exception is PluginTrapException or PluginGuestException && call.Engine.GrowthRefused
            ? LackOfMemory(call, exception)
            : exception;

    /// <summary>Whichever it was that had no room: the instance's own limit, or a budget that it shares.</summary>
    private static PluginException LackOfMemory(CallState call, Exception? cause) => call.Memory?.RefusedBy is { } owner
        ? new PluginQuotaException(
            PluginErrorCode.MemoryBudget,
            call.Site(),
            owner,
            call.Tenant,
            call.Memory.LimitOf(owner),
            retryAfter: null,
            cause)
        : new PluginMemoryException(call.Site(), call.Limits.MemoryPages, cause);

    private Exception TranslateStop(CallState call, in GuestBudget budget, CancellationToken cancellation) =>
        Reason switch
        {
            InterruptReason.Time => new PluginTimeException(call.Site(), budget.WallTime, Exception),
            InterruptReason.Cancellation => new OperationCanceledException(null, Exception, cancellation),
            _ => new ObjectDisposedException(nameof(Plugin), "The plugin or its host was disposed during the call."),
        };

    private PluginException Translate(EngineFault? fault, CallState call, in GuestBudget budget)
    {
        var site = call.Site();
        return fault?.Kind switch
        {
            null => new PluginGuestException(site, Code),
            EngineFaultKind.OutOfFuel => new PluginFuelException(site, budget.Fuel, Exception),
            EngineFaultKind.MemoryLimit => LackOfMemory(call, Exception),
            EngineFaultKind.InstanceLimit => new PluginLimitException(
                fault.Subject is null or nameof(EngineLimits.TableElements)
                    ? PluginErrorCode.TableLimit
                    : PluginErrorCode.InstanceLimit,
                site,
                fault.Allowed,
                fault.Requested,
                Exception),
            EngineFaultKind.Link => new PluginLinkException(
                call.Definition.Manifest.Id, LinkProblem.Engine, null, fault.Subject ?? "?", fault.Reason, Exception),
            _ => new PluginTrapException(
                site,
                fault.Trap,
                fault.Reason,
                fault.Offset,
                call.Definition.Sources?.Complete(fault.Backtrace) ?? fault.Backtrace,
                Exception!),
        };
    }
}
