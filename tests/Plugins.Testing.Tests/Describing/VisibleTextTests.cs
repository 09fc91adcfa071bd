using System.Text;
using Plugins.Testing.Describing;

namespace Plugins.Testing.Tests.Describing;

internal sealed class VisibleTextTests
{
    [TestCase("plain text, with punctuation!", "plain text, with punctuation!")]
    [TestCase("grüße 日本語 👩‍🚀", "grüße 日本語 👩‍🚀")]
    [TestCase("\u001b[31mred", @"\x1b[31mred")]
    [TestCase("\u001b]0;title\u0007", @"\x1b]0;title\x07")]
    [TestCase("a\r\nb\tc", @"a\r\nb\tc")]
    [TestCase("\u007f\u0085\u009b", @"\x7f\x85\x9b")]
    [TestCase("a\u2028b\u2029c", @"a\u{2028}b\u{2029}c")]
    [TestCase("\u202eevil\u202c \u2066x\u2069 \u200f \u061c",
        @"\u{202e}evil\u{202c} \u{2066}x\u{2069} \u{200f} \u{61c}")]
    [TestCase("zero\u200bwidth\ufeff soft\u00ad", @"zero\u{200b}width\u{feff} soft\xad")]
    [TestCase("tag \U000E0041", @"tag \u{e0041}")]
    public void Escape_OfForeignText_ShowsWhatCouldMislead(string text, string expected)
    {
        Assert.That(VisibleText.Escape(text), Is.EqualTo(expected));
    }

    [Test]
    public void Escape_OfHalfASurrogatePair_ShowsIt()
    {
        Assert.That(VisibleText.Escape("a\ud83d"), Is.EqualTo(@"a\u{d83d}"));
    }

    [Test]
    public void Escape_ThatKeepsLines_KeepsFeedsAndTabsAlone()
    {
        Assert.That(VisibleText.Escape("a\n\tb\r\u001b", keepLines: true), Is.EqualTo("a\n\tb\\r\\x1b"));
    }

    [Test]
    public void Decode_OfBytesThatAreNoText_ShowsThem()
    {
        byte[] bytes = [.. "a"u8, 0xFF, .. "é"u8, 0xC3, 0x28, 0xED, 0xA0, 0x80];
        Assert.That(VisibleText.Decode(bytes), Is.EqualTo(@"a\xffé\xc3(\xed\xa0\x80"));
    }

    [Test]
    public void Escape_OfEveryCharacter_LeavesNoControlBehind()
    {
        var all = string.Concat(
            Enumerable.Range(0, 0x1_0000).Where(code => code is < 0xD800 or > 0xDFFF).Select(code => (char)code));

        var visible = VisibleText.Escape(all);

        Assert.That(visible.Where(char.IsControl), Is.Empty);
        Assert.That(VisibleText.Decode(Encoding.UTF8.GetBytes(all)), Is.EqualTo(visible));
    }

    [Test]
    public void Shorten_OfLongText_TellsItsLength()
    {
        Assert.That(VisibleText.Shorten(new string('a', 2000), 3), Is.EqualTo("aaa… (2,000 characters)"));
        Assert.That(VisibleText.Shorten("a😀b", 2), Is.EqualTo("a… (4 characters)"));
    }
}
