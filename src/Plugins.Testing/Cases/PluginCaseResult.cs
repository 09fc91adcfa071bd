namespace Plugins.Testing.Cases;

/// <summary>What came of one case.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginCaseResult
{
    internal PluginCaseResult()
    {
    }

    /// <summary>The case's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it passed.</summary>
    public required PluginCaseOutcome Outcome { get; init; }

    /// <summary>Why it was not run.</summary>
    /// <value>Null where it was.</value>
    public string? SkippedBecause { get; init; }

    /// <summary>Fuel of the call, of the last one where the case makes several.</summary>
    /// <value>Null where it failed, or nothing was metered.</value>
    public long? Fuel { get; init; }

    /// <summary>What that call took.</summary>
    /// <value>Null where it failed.</value>
    public TimeSpan? Duration { get; init; }

    /// <summary>All that was not as the case says.</summary>
    public IReadOnlyList<PluginCaseDifference> Differences { get; init; } = [];

    /// <summary>Throws where the case failed, so that any test framework shows it.</summary>
    /// <returns>This result, of a case that passed or was skipped.</returns>
    /// <exception cref="PluginAssertionException">The case failed.</exception>
    public PluginCaseResult ShouldPass() => Outcome != PluginCaseOutcome.Failed
        ? this
        : throw new PluginAssertionException(
            $"The {Differences[0].What} of the case \"{Name}\"",
            Differences[0].Expected,
            Differences[0].Actual,
            Differences.Skip(1).Select(difference => difference.ToString()));
}
