using Plugins.Host.Calls.Admission;
using Polly;

namespace Plugins.Host.Catalog.Circuits;

/// <summary>
/// A call within a circuit: Polly is told that something runs, and later how it ended, wherever the call runs.
/// </summary>
internal sealed class CircuitTicket(PluginCircuit circuit) : ICallTicket
{
    private static readonly Task<Outcome<bool>> None = Task.FromResult(Outcome.FromResult(false));

    private readonly TaskCompletionSource<Outcome<bool>> _end = new();
    private Task<Outcome<bool>> _execution = None;
    private ResilienceContext? _context;

    /// <summary>True if it is the one that tries whether the version succeeds again.</summary>
    internal bool IsAttempt { get; private set; }

    /// <summary>True once the circuit has let it through.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>Asks the circuit; what comes back is why it may not begin.</summary>
    internal Exception? Begin(ResiliencePipeline pipeline)
    {
        _context = ResilienceContextPool.Shared.Get();
        _execution = pipeline.ExecuteOutcomeAsync(static (_, ticket) => ticket.Run(), _context, this).AsTask();
        return HasBegun ? null : Finish().Exception;
    }

    public void End(Exception? failure)
    {
        var isFailure = circuit.Judge(failure);

        // What says nothing of the version is not told at all, or it would pass for a success. But somebody has to end
        // an attempt, or there would be no other: that was none, so the circuit opens again.
        if (isFailure is null && !IsAttempt)
        {
            return;
        }

        _end.SetResult(isFailure is false ? PluginCircuit.Succeeded : PluginCircuit.Failed);
        if (_execution.IsCompleted)
        {
            Finish();
        }
        else
        {
            // Polly still tells of the circuit's change.
            _ = FinishLaterAsync();
        }
    }

    private ValueTask<Outcome<bool>> Run()
    {
        HasBegun = true;
        IsAttempt = circuit.State == PluginCircuitState.HalfOpen;
        return new(_end.Task);
    }

    private async Task FinishLaterAsync()
    {
        await _execution.ConfigureAwait(false);
        Return();
    }

    private Outcome<bool> Finish()
    {
        var outcome = _execution.GetAwaiter().GetResult();
        Return();
        return outcome;
    }

    private void Return()
    {
        if (_context is { } context)
        {
            _context = null;
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
