using Plugins.Host.Calls.Admission;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Polly;
using Polly.CircuitBreaker;

namespace Plugins.Host.Catalog.Circuits;

/// <summary>The circuit of one version: lets its calls through until too many of them fail.</summary>
/// <remarks>Safe for use by many threads; nothing to dispose.</remarks>
internal sealed class PluginCircuit : ICallGuard
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly PluginCircuitBreaker _options;
    private readonly SemanticVersion _version;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly Action<PluginCircuitState> _changed;
    private readonly ResiliencePipeline _pipeline;
    private long _retryAfter;

    /// <param name="options">Checked before.</param>
    /// <param name="version">The version's number.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Told of each change, on a thread of the pool.</param>
    internal PluginCircuit(
        PluginCircuitBreaker options, SemanticVersion version, TimeProvider time, Action<PluginCircuitState> changed)
    {
        _options = options;
        _version = version;
        _changed = changed;
        ValueTask Tell(PluginCircuitState state)
        {
            changed(state);
            return default;
        }

        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinimumCalls,
                SamplingDuration = options.SamplingDuration,
                BreakDuration = options.BreakDuration,
                StateProvider = _state,
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is not null),
                OnOpened = _ => Tell(PluginCircuitState.Open),
                OnClosed = _ => Tell(PluginCircuitState.Closed),
            })
            .Build();
    }

    internal PluginCircuitState State => _state.CircuitState switch
    {
        CircuitState.Closed => PluginCircuitState.Closed,
        CircuitState.HalfOpen => PluginCircuitState.HalfOpen,
        _ => PluginCircuitState.Open,
    };

    public ICallTicket? TryBegin()
    {
        var ticket = new CircuitTicket(this);
        if (ticket.Begin(_pipeline) is not { } refusal)
        {
            if (ticket.IsAttempt)
            {
                // Polly would have the call wait until its listener has been told.
                ThreadPool.UnsafeQueueUserWorkItem(_ => _changed(PluginCircuitState.HalfOpen), null);
            }

            return ticket;
        }

        Volatile.Write(ref _retryAfter, (refusal as BrokenCircuitException)?.RetryAfter?.Ticks ?? 0);
        return null;
    }

    public ReadOnlyMemory<byte> AnswerInstead(string function, in FailureSite site)
    {
        if (_options is { WhenOpen: CircuitFallback.DefaultAnswer, DefaultAnswer: { } answerOf }
            && answerOf(function) is { } answer)
        {
            return answer;
        }

        var retryAfter = TimeSpan.FromTicks(Volatile.Read(ref _retryAfter));
        throw new PluginCircuitException(site, _version, retryAfter < ShortestWait ? ShortestWait : retryAfter);
    }

    /// <summary>Whether a guest's failure counts; null where the application cannot say.</summary>
    internal bool? Counts(PluginException failure)
    {
        try
        {
            return _options.IsFailure(failure);
        }
        catch
        {
            return null;
        }
    }
}
