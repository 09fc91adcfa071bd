using Plugins.Examples.Tests.Support;

namespace Plugins.Examples.Tests;

/// <summary>What a newcomer sees who runs examples/QuickStart.</summary>
internal sealed class QuickStartTests
{
    [Test]
    public void QuickStart_OnAnyMachine_EndsWell()
    {
        Assert.That(QuickStartRun.Result.ExitCode, Is.Zero, QuickStartRun.Result.Errors);
        Assert.That(QuickStartRun.Result.Errors, Is.Empty);
    }

    [TestCase("  plugin          acme/word_count 1.0.0, written in Rust")]
    [TestCase("""acme/word_count says {"words":2,"lines":1,"characters":13}""")]
    [TestCase("  input           README.md, ")]
    [TestCase("  Rust            Hello, Ada!")]
    [TestCase("  AssemblyScript  Guten Tag, Ada!")]
    [TestCase("  C               Bonjour, Ada!")]
    [TestCase("  stopped by      PluginSignatureException, code 101 Signature")]
    [TestCase("  because         Plugin acme/spin, function spin: the guest used up its ")]
    [TestCase("  stopped by      PluginTimeException, code 202 TimeLimit")]
    [TestCase("  stopped by      PluginGrantException, code 102 Grant")]
    [TestCase("  stopped by      PluginLinkException, code 113 Link")]
    public void QuickStart_OnAnyMachine_Shows(string start)
    {
        Assert.That(QuickStartRun.Result.Lines, Has.Some.StartsWith(start));
    }

    [Test]
    public void QuickStart_WithTheReadme_CountsItsWords()
    {
        var text = Repository.Read("README.md");
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var lines = text.Count(character => character == '\n');
        var characters = text.EnumerateRunes().Count();

        var expected = FormattableString.Invariant(
            $"  output          {words:N0} words, {lines:N0} lines, {characters:N0} characters");
        Assert.That(QuickStartRun.Result.Lines, Has.Some.EqualTo(expected));
    }

    [Test]
    public void QuickStart_AfterEveryRefusal_StillWorks()
    {
        Assert.That(QuickStartRun.Result.Lines, Has.Exactly(2).StartsWith("acme/word_count says"));
    }

    [TestCase("   at ")]
    [TestCase("Unhandled")]
    [TestCase("\u001b")]
    public void QuickStart_OnAnyMachine_NeverPrints(string text)
    {
        Assert.That(QuickStartRun.Result.Output, Does.Not.Contain(text));
    }

    [Test]
    public void QuickStart_OnAnyMachine_KeepsToTheWidthOfATerminal()
    {
        Assert.That(QuickStartRun.Result.Lines, Has.None.Length.GreaterThan(100));
    }

    [Test]
    public void QuickStart_ItsOwnReadme_ShowsWhatItPrints()
    {
        var shown = Markdown.Read("examples/QuickStart/README.md").CodeBlock("text");
        Assert.That(shown, Is.Not.Empty.And.SubsetOf(QuickStartRun.Result.Lines));
    }
}
