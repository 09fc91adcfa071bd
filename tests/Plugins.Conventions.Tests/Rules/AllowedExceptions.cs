using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>The places that may break a rule, each with its reason, from <c>allowed.txt</c>.</summary>
internal sealed class AllowedExceptions(IEnumerable<string> lines)
{
    private readonly AllowedException[] _entries = [.. lines.Where(IsEntry).Select(AllowedException.Parse)];

    public static AllowedExceptions Committed { get; } =
        new(File.ReadLines(Repository.FullPath("tests/Plugins.Conventions.Tests/allowed.txt")));

    /// <summary>What breaks the rule without leave, and leave that nothing needs any more.</summary>
    public IReadOnlyList<string> Judge(Rule rule, IEnumerable<Violation> violations)
    {
        ILookup<bool, Violation> byLeave = violations.ToLookup(violation => Find(rule, violation) is not null);
        var unused = _entries
            .Where(entry => entry.Rule == rule.Name)
            .Except(byLeave[true].Select(violation => Find(rule, violation)))
            .Select(entry => $"allowed.txt: nothing needs '{entry}'");
        return [.. byLeave[false].Select(violation => violation.ToString()), .. unused];
    }

    public IEnumerable<string> WithoutKnownRule() =>
        _entries.Where(entry => RuleSet.All.All(rule => rule.Name != entry.Rule)).Select(entry => entry.ToString());

    private AllowedException? Find(Rule rule, Violation violation) => Array.Find(
        _entries,
        entry => entry.Rule == rule.Name && entry.Path == violation.Path && entry.Subject == violation.Subject);

    private static bool IsEntry(string line) => line.Length > 0 && !line.StartsWith('#');
}
