using Plugins.Cli.Failures;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Failures;

internal sealed class ShellWordTests
{
    [TestCase("variables.read=cart/", "variables.read=cart/")]
    [TestCase("", "''")]
    [TestCase("a b", "'a b'")]
    [TestCase("*.example", "'*.example'")]
    public void Of_AText_IsQuotedWhereItMustBe(string text, string expected) =>
        Assert.That(ShellWord.Of(text), Is.EqualTo(expected));

    [TestCase("$(id)")]
    [TestCase("a'b''c")]
    [TestCase("`id`; \"x\" \\ & | <")]
    [TestCase("!x ~ # é")]
    [Platform(Exclude = "Win")]
    public void Of_AnyText_IsOneWordOfAShell(string text) =>
        Assert.That(
            FinishedProcess.Run("/", null, "sh", "-c", $"printf %s {ShellWord.Of(text)}").Output, Is.EqualTo(text));
}
