using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>
/// No test is judged by the clock, which on a busy machine does not tell what is slow from what waits its turn: cost is
/// counted or measured as <c>Environment.CpuUsage</c>, and what may hang is ended after ten minutes at the soonest.
/// </summary>
public sealed class PatientTests : Rule
{
    private const int LeastMilliseconds = 600_000;

    private static readonly string[] s_limits = ["CancelAfter", "MaxTime", "Timeout"];

    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.IsTest
        from finding in Hasty(file).Concat(Clocks(file))
        select finding;

    private static IEnumerable<Violation> Hasty(SourceFile file) =>
        from attribute in file.Nodes<AttributeSyntax>()
        where s_limits.Contains(attribute.Name.ToString(), StringComparer.Ordinal)
        where attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression is not LiteralExpressionSyntax limit
            || Convert.ToInt64(limit.Token.Value, CultureInfo.InvariantCulture) < LeastMilliseconds
        select new Violation(file.Path, $"line {attribute.Line}", "a limit of less than ten minutes");

    private static IEnumerable<Violation> Clocks(SourceFile file) =>
        from name in file.Nodes<IdentifierNameSyntax>().Where(name => name.Identifier.Text == "Stopwatch").Take(1)
        select new Violation(file.Path, "Stopwatch", "time by the clock");
}
