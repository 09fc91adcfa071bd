using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests;

/// <summary>README.md tells the truth, early and in few lines.</summary>
internal sealed class ReadmeTests
{
    private static readonly Markdown Readme = Markdown.Read("README.md");

    [Test]
    public void Program_InTheReadme_IsTheOneThatQuickStartRuns()
    {
        var source = Repository.Read("examples/QuickStart/FirstCall.cs").Split('\n');
        var usings = source.Where(line => line.StartsWith("using ", StringComparison.Ordinal));

        Assert.That(Readme.CodeBlock("csharp"), Is.EqualTo(usings.Append("").Concat(Region(source))));
    }

    [Test]
    public void HostFunction_InTheReadme_IsTheOneThatQuickStartOffers()
    {
        var source = Repository.Read("examples/QuickStart/HostFunction.cs").Split('\n');
        Assert.That(Readme.CodeBlock("csharp", 1), Is.EqualTo(Region(source)));
    }

    [Test]
    public void Program_InTheReadme_PrintsWhatItSays()
    {
        Assert.That(Readme.CodeBlock("text"), Is.Not.Empty.And.SubsetOf(QuickStartRun.Result.Lines));
    }

    [Test]
    public void Program_InTheReadme_IsShortAndEarly()
    {
        Assert.That(Readme.CodeBlock("csharp"), Has.Length.LessThanOrEqualTo(12));
        Assert.That(Readme.LastLineOf("csharp"), Is.LessThan(30));
    }

    [Test]
    public void Readme_AsAWhole_HasAtMost150Lines()
    {
        Assert.That(Readme.Lines, Has.Length.LessThanOrEqualTo(150));
    }

    /// <summary>The lines between the marks, which stand in a method of a class, without their indentation.</summary>
    private static IEnumerable<string> Region(string[] source) => source
        .SkipWhile(line => line.Trim() != "#region README")
        .Skip(1)
        .TakeWhile(line => line.Trim() != "#endregion")
        .Select(line => line[8..]);
}
