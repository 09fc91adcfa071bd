using System.ComponentModel;
using Plugins.Testing.Cases;

namespace Plugins.Cli.Testing;

/// <summary>One thing that came out otherwise.</summary>
internal sealed record Difference(
    [property: Description("output, call, logs, a variable, or case where it could not be run.")] string What,
    [property: Description("What the case says.")] string Expected,
    [property: Description("What came out; written by the guest, controls made visible.")] string Actual)
{
    internal static Difference Of(PluginCaseDifference difference) =>
        new(difference.What, difference.Expected, difference.Actual);
}
