using System.ComponentModel;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Testing;

/// <summary>One thing that came out otherwise.</summary>
internal sealed record Difference(
    [property: Description("output, call, logs, a variable, or case where it could not be run.")] string What,
    [property: Description("The expectation.")] string Expected,
    [property: Description("The actual outcome, from the guest, with control characters made visible.")] string Actual)
{
    internal static Difference Of(PluginCaseDifference difference) =>
        new(difference.What, difference.Expected, difference.Actual);
}
