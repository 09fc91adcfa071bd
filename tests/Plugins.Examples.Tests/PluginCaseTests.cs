using Plugins.Examples.Tests.Support;
using Plugins.Pdk.Runtime;
using Plugins.Testing;
using Plugins.Testing.Cases;

namespace Plugins.Examples.Tests;

/// <summary>The example plugins answer alike in every language, tested as their authors would.</summary>
public sealed class PluginCaseTests
{
    private static readonly PluginCaseFile Table =
        PluginCaseFile.Load(Repository.FullPath("examples/plugin-cases.json"));

    private static readonly Dictionary<string, PluginModule> InCSharp = new(StringComparer.Ordinal)
    {
        ["greeter"] = Greeter.PluginExports.Module,
        ["invoice"] = Invoice.PluginExports.Module,
        ["shout"] = Shout.PluginExports.Module,
        ["slugify"] = Slugify.PluginExports.Module,
        ["word_count"] = WordCount.PluginExports.Module,
    };

    private static IEnumerable<TestCaseData> Cases =>
        from language in (string[])["AssemblyScript", "C", "Rust", "CSharp"]
        from @case in Table.Cases
        select new TestCaseData(language, @case).SetArgDisplayNames(language, $"{@case.Plugin}: {@case.Name}");

    [TestCaseSource(nameof(Cases))]
    public async Task Plugin_InACase_AnswersAsTheTableSays(string language, PluginCase @case)
    {
        var runner = new PluginCaseRunner(Table, host => Load(host, language, @case.Plugin ?? ""));

        var result = await runner.RunAsync(@case);

        Assert.That(result.ShouldPass().Outcome, Is.EqualTo(PluginCaseOutcome.Passed));
    }

    private static TestedPlugin Load(PluginTestHost host, string language, string plugin) => language == "CSharp"
        ? host.Load(InCSharp[plugin], name: plugin)
        : host.LoadFile(Repository.FullPath($"examples/Pdk-{language}/{plugin}"));
}
