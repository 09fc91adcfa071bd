using System.ComponentModel;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Testing;

/// <summary>How one case went.</summary>
internal sealed record CaseResult(
    [property: Description("The case's name.")] string Name,
    [property: Description("Whether all was as expected.")] bool Passed,
    [property: Description(
        "Fuel of the call, of the last one where the case makes several; nothing where it fails.")] long? Fuel,
    [property: Description("What the call took, in milliseconds; nothing where it fails.")] double? DurationMs,
    [property: Description("All that was not as expected.")] IReadOnlyList<Difference> Differences)
{
    internal static CaseResult Of(PluginCaseResult result) => new(
        result.Name,
        result.Outcome is not PluginCaseOutcome.Failed,
        result.Fuel,
        result.Duration?.TotalMilliseconds,
        [.. result.Differences.Select(Difference.Of)]);
}
