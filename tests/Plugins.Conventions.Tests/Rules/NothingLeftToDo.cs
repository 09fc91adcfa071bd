using System.Text.RegularExpressions;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>No note to self is left behind; what is left to do is an issue.</summary>
public sealed partial class NothingLeftToDo : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where !file.Path.EndsWith(".md", StringComparison.Ordinal)
        from line in file.Lines.Index()
        let note = Notes().Match(line.Item)
        where note.Success
        select new Violation(file.Path, $"line {line.Index + 1}", note.Value);

    // Written so that this file does not match itself.
    [GeneratedRegex(
        @"\b(TO[D]O|HA[C]K|FI[X]ME|X[X]X)\b|NotImpl[e]mentedException", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Notes();
}
