using System.Text.RegularExpressions;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>
/// Nothing names the machine it was written on; tests and benchmarks may look for data beside the repository.
/// </summary>
public sealed partial class NoWorkplace : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        from line in file.Lines.Index()
        where NamesMachine(line.Item) || (!MayLookBeside(file) && BesideRepository().IsMatch(line.Item))
        select new Violation(file.Path, $"line {line.Index + 1}", line.Item.Trim());

    private static bool NamesMachine(string line) => Machine().IsMatch(line);

    private static bool MayLookBeside(SourceFile file) =>
        file.IsTest || file.Path.StartsWith("bench/", StringComparison.Ordinal);

    // Written so that this file does not match itself.
    [GeneratedRegex(@"(^|[^\w.])/(wor[k]|hom[e]|roo[t])/", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Machine();

    [GeneratedRegex(@"\.\./shared/|(^|[^\w])/shared/", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex BesideRepository();
}
