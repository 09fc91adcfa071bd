using Plugins.Host.Errors;

namespace Plugins.Host.Catalog.Circuits;

/// <summary>When a version that keeps failing is stopped, and what becomes of its calls then.</summary>
/// <remarks>
/// Immutable and safe for use by many threads, as far as its delegates are. Each version has a circuit of its own, for
/// all tenants. Measured by the host's clock.
/// </remarks>
public sealed record PluginCircuitBreaker
{
    internal const int MostCalls = 1_000_000;

    // What Polly asks for.
    internal const int FewestCalls = 2;
    internal static readonly TimeSpan ShortestTime = TimeSpan.FromSeconds(0.5);
    internal static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    /// <summary>Makes a circuit breaker with the defaults.</summary>
    public PluginCircuitBreaker()
    {
    }

    /// <summary>The share of failed calls within a <see cref="SamplingDuration"/> that opens the circuit.</summary>
    /// <value>0.5.</value>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Calls within a <see cref="SamplingDuration"/> below which nothing is concluded.</summary>
    /// <value>20; from 2 to 1,000,000.</value>
    public int MinimumCalls { get; init; } = 20;

    /// <summary>The time whose calls are looked at.</summary>
    /// <value>30 seconds; from half a second to a day.</value>
    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time for which calls are refused before one is let through to try.</summary>
    /// <value>10 seconds; from half a second to a day.</value>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What becomes of calls while the circuit is open.</summary>
    /// <value><see cref="CircuitFallback.FailClosed"/>.</value>
    public CircuitFallback WhenOpen { get; init; }

    /// <summary>
    /// Makes the output of a function, by its name, where <see cref="WhenOpen"/> is
    /// <see cref="CircuitFallback.DefaultAnswer"/>.
    /// </summary>
    /// <value>Null: none.</value>
    /// <remarks>
    /// In the format that the manifest states; null for functions without one, whose calls are refused. Called on many
    /// threads; what it throws fails the call. The result says <see cref="PluginResult.IsDefaultAnswer"/>.
    /// </remarks>
    public Func<string, byte[]?>? DefaultAnswer { get; init; }

    /// <summary>Whether a failed call counts against the version.</summary>
    /// <value><see cref="IsFaultOfPlugin"/>.</value>
    /// <remarks>
    /// Asked for every failure but cancellation, misuse, disposal, and refusals before a guest ran, which never count.
    /// Where it throws, the failure does not count.
    /// </remarks>
    public Func<PluginException, bool> IsFailure { get; init; } = IsFaultOfPlugin;

    /// <summary>Traps and limits that the guest reached.</summary>
    /// <param name="exception">How a call ended.</param>
    /// <returns>
    /// False for failures that the guest reports itself, which are its way to refuse an input, and for the faults of
    /// others: streams, memory budgets, too many calls.
    /// </returns>
    public static bool IsFaultOfPlugin(PluginException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Code is PluginErrorCode.Trap or PluginErrorCode.FuelLimit or PluginErrorCode.TimeLimit
            or PluginErrorCode.MemoryLimit or PluginErrorCode.TableLimit or PluginErrorCode.OutputLimit
            or PluginErrorCode.HostCallLimit or PluginErrorCode.ErrorTextLimit;
    }

    /// <summary>Everything that is wrong; empty when all is fine.</summary>
    internal IEnumerable<string> FindFaults()
    {
        if (!(FailureRatio is > 0 and <= 1))
        {
            yield return $"{nameof(FailureRatio)} is out of range: it must be above 0 and up to 1.";
        }

        if (MinimumCalls is < FewestCalls or > MostCalls)
        {
            yield return $"{nameof(MinimumCalls)} is out of range: it must be from {FewestCalls} to {MostCalls}.";
        }

        if (SamplingDuration < ShortestTime || SamplingDuration > LongestTime)
        {
            yield return $"{nameof(SamplingDuration)} is out of range: it must be from half a second to a day.";
        }

        if (BreakDuration < ShortestTime || BreakDuration > LongestTime)
        {
            yield return $"{nameof(BreakDuration)} is out of range: it must be from half a second to a day.";
        }

        if (WhenOpen is < CircuitFallback.FailClosed or > CircuitFallback.PreviousVersion)
        {
            yield return $"{nameof(WhenOpen)} has no meaning.";
        }

        if (IsFailure is null)
        {
            yield return $"{nameof(IsFailure)} is missing.";
        }

        if (WhenOpen == CircuitFallback.DefaultAnswer && DefaultAnswer is null)
        {
            yield return $"{nameof(DefaultAnswer)} is missing, which {nameof(WhenOpen)} asks for.";
        }
    }
}
