namespace Plugins.Testing.Cases;

/// <summary>The result of one case.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginCaseResult
{
    internal PluginCaseResult()
    {
    }

    /// <summary>The case's name.</summary>
    public required string Name { get; init; }

    /// <summary>The outcome: passed, failed or skipped.</summary>
    public required PluginCaseOutcome Outcome { get; init; }

    /// <summary>The reason why it was not run.</summary>
    /// <value>Null where it was.</value>
    public string? SkippedBecause { get; init; }

    /// <summary>The fuel of the call, or of the last one where the case makes several.</summary>
    /// <value>Null where it failed, or nothing was metered.</value>
    public long? Fuel { get; init; }

    /// <summary>The time of that call.</summary>
    /// <value>Null where it failed.</value>
    public TimeSpan? Duration { get; init; }

    /// <summary>All differences from what the case expects.</summary>
    public IReadOnlyList<PluginCaseDifference> Differences { get; init; } = [];

    /// <summary>Throws when the case failed, so that any test framework reports it.</summary>
    /// <returns>This result, when the case passed or was skipped.</returns>
    /// <exception cref="PluginAssertionException">The case failed.</exception>
    public PluginCaseResult ShouldPass() => Outcome != PluginCaseOutcome.Failed
        ? this
        : throw new PluginAssertionException(
            $"The {Differences[0].What} of the case \"{Name}\"",
            Differences[0].Expected,
            Differences[0].Actual,
            Differences.Skip(1).Select(difference => difference.ToString()));
}
