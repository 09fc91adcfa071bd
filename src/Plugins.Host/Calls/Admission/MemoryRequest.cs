using Plugins.Host.Budgets;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Errors;

namespace Plugins.Host.Calls.Admission;

/// <summary>An instance that is to be made: asks for its memory, and waits for it as for an instance.</summary>
/// <param name="definition">The plugin, which has budgets.</param>
/// <param name="memory">Its account.</param>
/// <param name="function">The call's; empty where it is for none.</param>
/// <param name="options">The call's.</param>
/// <param name="ending">Ends when the plugin is disposed.</param>
/// <param name="cancellation">The caller's.</param>
internal sealed class MemoryRequest(
    PluginDefinition definition,
    PluginMemory memory,
    string function,
    PluginCallOptions? options,
    CancellationToken ending,
    CancellationToken cancellation)
{
    /// <summary>Reserves what an instance begins with; null where there are no budgets.</summary>
    /// <exception cref="PluginQuotaException">There was no room for as long as the call may wait.</exception>
    internal static InstanceMemory? Reserve(
        PluginDefinition definition,
        string function,
        PluginCallOptions? options,
        CancellationToken ending,
        CancellationToken cancellation) => definition.Memory is { } memory
        ? new MemoryRequest(definition, memory, function, options, ending, cancellation).Reserve()
        : null;

    internal InstanceMemory Reserve()
    {
        if (TryReserve(out var refusedBy) is { } free)
        {
            return free;
        }

        using var thread = DetachedThread.Enter();
        using var patience = Begin(refusedBy);
        definition.CountWaiting(1);
        try
        {
            while (true)
            {
                var changed = memory.Host.Changed;
                if (TryReserve(out refusedBy) is { } reserved)
                {
                    return reserved;
                }

                changed.Wait(patience.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw Translate(refusedBy);
        }
        finally
        {
            definition.CountWaiting(-1);
        }
    }

    /// <inheritdoc cref="Reserve()"/>
    /// <param name="isNeeded">False once an idle instance will do.</param>
    internal async Task<InstanceMemory?> ReserveAsync(Func<bool> isNeeded)
    {
        if (TryReserve(out var refusedBy) is { } free)
        {
            return free;
        }

        using var patience = Begin(refusedBy);
        definition.CountWaiting(1);
        try
        {
            while (true)
            {
                var changed = memory.Host.Changed;
                if (!isNeeded())
                {
                    return null;
                }

                if (TryReserve(out refusedBy) is { } reserved)
                {
                    return reserved;
                }

                await changed.WaitAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            throw Translate(refusedBy);
        }
        finally
        {
            definition.CountWaiting(-1);
        }
    }

    private InstanceMemory? TryReserve(out QuotaOwner? refusedBy) =>
        InstanceMemory.TryReserve(memory, definition.InitialPages, out refusedBy);

    // In vain, where the instance is larger than the budget.
    private CancellationTokenSource Begin(QuotaOwner? refusedBy)
    {
        var bytes = (long)definition.InitialPages * HostMemory.PageBytes;
        if (bytes > memory.LimitOf(QuotaOwner.Host) || bytes > memory.LimitOf(QuotaOwner.Plugin))
        {
            throw Refuse(refusedBy);
        }

        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, ending);
        patience.CancelAfter(definition.PatienceOf(options));
        return patience;
    }

    private Exception Translate(QuotaOwner? refusedBy) => cancellation.IsCancellationRequested
        ? new OperationCanceledException(cancellation)
        : ending.IsCancellationRequested ? new ObjectDisposedException(nameof(Plugin)) : Refuse(refusedBy);

    private PluginQuotaException Refuse(QuotaOwner? refusedBy)
    {
        var owner = refusedBy ?? QuotaOwner.Host;
        var phase = function.Length == 0 ? PluginPhase.Initialization : PluginPhase.Call;
        var site = new FailureSite(phase, definition.Manifest.Id, phase == PluginPhase.Call ? function : null, null)
        {
            CallId = options?.CallId,
        };
        return new PluginQuotaException(
            PluginErrorCode.MemoryBudget,
            site,
            owner,
            definition.Tenants.Resolve(options),
            memory.LimitOf(owner),
            retryAfter: null);
    }
}
