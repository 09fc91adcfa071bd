using Plugins.Conventions.Tests.Rules;

namespace Plugins.Conventions.Tests;

public sealed class RuleTests
{
    [TestCaseSource(typeof(RuleSet), nameof(RuleSet.All))]
    public void Repository_ByThisRule_HasOnlyAllowedExceptions(Rule rule)
    {
        IReadOnlyList<string> faults = AllowedExceptions.Committed.Judge(rule, rule.Check(RuleSet.Files.Value));

        Assert.That(faults, Is.Empty, () => string.Join('\n', faults));
    }

    [Test]
    public void AllowedExceptions_Committed_NameRulesThatExist() =>
        Assert.That(AllowedExceptions.Committed.WithoutKnownRule(), Is.Empty);
}
