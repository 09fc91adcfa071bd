using System.Text;
using Plugins.Manifest.Text;

namespace Plugins.Manifest.Tests.Text;

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
    [TestCase("pay\u200dpal \u200c می\u200c\u200c \ufe0f", @"pay\u{200d}pal \u{200c} می\u{200c}\u{200c} \u{fe0f}")]
    [TestCase("fill\u3164\u115f", @"fill\u{3164}\u{115f}")]
    public void Escape_OfForeignText_ShowsWhatCouldMislead(string text, string expected)
    {
        Assert.That(VisibleText.Escape(text), Is.EqualTo(expected));
    }

    [TestCase("می\u200cخواهم")]
    [TestCase("👩\u200d🚀 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3")]
    [TestCase("葛\U000E0100")]
    public void Escape_OfWordsAndEmojiThatNeedJoiners_LeavesThem(string text)
    {
        Assert.That(VisibleText.Escape(text), Is.EqualTo(text));
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

    [TestCase("aaaa", 4, "aaaa")]
    [TestCase("aaaaa", 3, "aaa… (5 characters)")]
    [TestCase("a😀b", 2, "a… (4 characters)")]
    [TestCase("ae\u0301b", 2, "a… (4 characters)")]
    [TestCase("a\u001bb", 3, "a… (3 characters)")]
    [TestCase("a👩\u200d🚀b", 5, "a… (7 characters)")]
    [TestCase("a", 0, "… (1 characters)")]
    public void Escape_BeyondALength_CutsBetweenCharactersAndTellsTheLength(string text, int maximum, string expected)
    {
        Assert.That(VisibleText.Escape(text, maximum), Is.EqualTo(expected));
    }

    [Test]
    public void Escape_OfMarksWithoutEnd_CutsThemAndStaysBounded()
    {
        var pile = "a" + new string('\u0301', 1_000_000);

        Assert.That(
            VisibleText.Escape(pile, 100), Has.Length.InRange(50, 140).And.EndsWith("… (1,000,001 characters)"));
    }

    [TestCase("aé", 3, "aé")]
    [TestCase("aé", 2, "a")]
    [TestCase("a😀", 4, "a")]
    [TestCase("ae\u0301", 2, "a")]
    [TestCase("a👩\u200d🚀b", 11, "a")]
    [TestCase("a👩\u200d🚀b", 12, "a👩\u200d🚀")]
    [TestCase("é", 1, "")]
    public void Cut_OfUtf8_EndsBetweenCharacters(string text, int maximum, string expected)
    {
        var cut = VisibleText.Cut(Encoding.UTF8.GetBytes(text), maximum);

        Assert.That(Encoding.UTF8.GetString(cut), Is.EqualTo(expected));
    }

    [Test]
    public void Cut_AtEveryLength_KeepsAsMuchAsFits()
    {
        var utf8 = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("aé語😀e\u0301", 100)));
        for (var maximum = 0; maximum < utf8.Length; maximum++)
        {
            var cut = VisibleText.Cut(utf8, maximum);

            Assert.That(maximum - cut.Length, Is.InRange(0, 3));
            Assert.That(Encoding.UTF8.GetString(cut), Does.Not.Contain('\uFFFD').And.Not.EndWith("e"));
        }
    }

    [Test]
    public void Cut_OfOtherBytes_KeepsAllThatFit()
    {
        var pile = Encoding.UTF8.GetBytes("a" + new string('\u0301', 1000));

        Assert.That(VisibleText.Cut(Enumerable.Repeat((byte)0x80, 1000).ToArray(), 700).Length, Is.EqualTo(700));
        Assert.That(VisibleText.Cut(pile, 700).Length, Is.EqualTo(699));
    }
}
