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
    /// <summary>What Polly is told of a call that succeeded.</summary>
    internal static readonly Outcome<bool> Succeeded = Outcome.FromResult(true);

    /// <summary>What it is told of one that failed: not the failure, which it would keep, or take otherwise.</summary>
    internal static readonly Outcome<bool> Failed =
        Outcome.FromException<bool>(new InvalidOperationException("The version failed."));

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly PluginCircuitBreaker _options;
    private readonly SemanticVersion _version;
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly Action<PluginCircuitState> _changed;
    private readonly ResiliencePipeline _pipeline;
    private readonly ClosedCircuitTicket _closed;
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
        _closed = new ClosedCircuitTicket(this);
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
        if (State == PluginCircuitState.Closed)
        {
            return _closed;
        }

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

    /// <summary>Tells how a call ended that began while the circuit was closed.</summary>
    internal void Tell(bool isFailure)
    {
        // A circuit that has opened meanwhile would take it for the call that tries the version again.
        if (State != PluginCircuitState.Closed)
        {
            return;
        }

        var context = ResilienceContextPool.Shared.Get();
        var execution = _pipeline.ExecuteOutcomeAsync(
            static (_, isFailure) => new ValueTask<Outcome<bool>>(isFailure ? Failed : Succeeded), context, isFailure);
        if (execution.IsCompleted)
        {
            _ = execution.GetAwaiter().GetResult();
            ResilienceContextPool.Shared.Return(context);
        }
        else
        {
            // Polly still tells of the circuit's change.
            _ = ReturnLaterAsync(execution, context);
        }
    }

    /// <summary>Whether the end of a call counts as a failure; null where it says nothing of the version.</summary>
    internal bool? Judge(Exception? failure) => failure switch
    {
        null => false,
        PluginException exception when IsOfTheGuest(exception) => Counts(exception),
        _ => null,
    };

    private static async Task ReturnLaterAsync(ValueTask<Outcome<bool>> execution, ResilienceContext context)
    {
        await execution.ConfigureAwait(false);
        ResilienceContextPool.Shared.Return(context);
    }

    // Whatever was refused before its guest ran says nothing of the version.
    private static bool IsOfTheGuest(PluginException exception) => exception.Code is
        PluginErrorCode.Guest or PluginErrorCode.Trap or PluginErrorCode.FuelLimit or PluginErrorCode.TimeLimit
        or PluginErrorCode.MemoryLimit or PluginErrorCode.TableLimit or PluginErrorCode.OutputLimit
        or PluginErrorCode.HostCallLimit or PluginErrorCode.ErrorTextLimit;

    // Null where the application cannot say.
    private bool? Counts(PluginException failure)
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
