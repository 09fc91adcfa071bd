using System.ComponentModel;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Testing;

/// <summary>How one case went.</summary>
internal sealed record CaseResult(
    [property: Description("The case's name.")] string Name,
    [property: Description("True if everything was as expected.")] bool Passed,
    [property: Description(
        "The fuel of the call, or of the last one if there are several; absent if it fails.")] long? Fuel,
    [property: Description("The time of the call, in milliseconds; absent if it fails.")] double? DurationMs,
    [property: Description("All differences from the expectations.")] IReadOnlyList<Difference> Differences)
{
    internal static CaseResult Of(PluginCaseResult result) => new(
        result.Name,
        result.Outcome is not PluginCaseOutcome.Failed,
        result.Fuel,
        result.Duration?.TotalMilliseconds,
        [.. result.Differences.Select(Difference.Of)]);
}
