using System.Globalization;
using Plugins.AspNetCore.Problems;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.AspNetCore.Tests;

/// <summary>The page has the answer to each code.</summary>
internal sealed class ProblemTests
{
    [TestCaseSource(nameof(Codes))]
    public void Code_OfEachFailure_HasItsRow(PluginErrorCode code)
    {
        var problem = Problem.OfCode(code);
        var status = problem.Status.ToString(CultureInfo.InvariantCulture);
        var rows = File.ReadLines(GuestFiles.PathOf("docs/aspnet.md"))
            .Where(line => line.StartsWith($"| {status} |", StringComparison.Ordinal));
        Assert.That(rows, Has.Some.Contains($"`{problem.Type}`"));
    }

    private static IEnumerable<PluginErrorCode> Codes() =>
        Enum.GetValues<PluginErrorCode>().Where(code => code != PluginErrorCode.None);
}
