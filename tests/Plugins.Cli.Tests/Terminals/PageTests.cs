using Plugins.Cli.Terminals;

namespace Plugins.Cli.Tests.Terminals;

internal sealed class PageTests
{
    [Test]
    public void Line_OnATerminal_HasColors()
    {
        Assert.That(Write(true, true, page => page.Line("bad", Tone.Bad)), Does.Contain("\u001b[").And.Contain("bad"));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Line_WithoutTerminalOrColor_IsPlain(bool isTerminal, bool hasColor)
    {
        Assert.That(Write(isTerminal, hasColor, page => page.Line("bad", Tone.Bad)), Is.EqualTo("bad\n"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void EveryWay_ToWriteForeignText_MakesItHarmless(bool isTerminal)
    {
        var text = Write(isTerminal, false, page =>
        {
            page.Line("a\u001bb");
            page.Heading("a\u001bb");
            page.Rows([[("a\u001bb", Tone.Plain), ("\u202e", Tone.Good)]]);
            page.Facts([("a\u001bb", "\u009b", Tone.Plain)]);
            page.Block("a\u001bb\nc");
            page.Next("a\u001bb");
        });

        Assert.That(text.Where(letter => char.IsControl(letter) && letter != '\n'), Is.Empty);
        Assert.That(text, Does.Not.Contain('\u202e'));
    }

    [Test]
    public void Line_WithMarkupOfTheLibrary_ShowsItAsItIs()
    {
        Assert.That(Write(true, false, page => page.Line("[red]x[/] [link]")), Is.EqualTo("[red]x[/] [link]\n"));
    }

    [Test]
    public void Rows_InAPipe_AreAlignedWithoutTrailingSpaces()
    {
        var text = Write(false, true, page => page.Rows(
            [[("a", Tone.Plain), ("10", Tone.Plain), ("x", Tone.Plain)],
                [("bcd", Tone.Plain), ("9", Tone.Plain), ("", Tone.Plain)]],
            1));
        Assert.That(text, Is.EqualTo("  a    10  x\n  bcd   9\n"));
    }

    [Test]
    public void Line_LongerThanTheTerminal_IsWrapped_InAPipeNot()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 40));
        Assert.That(Write(true, false, page => page.Line(words)).Split('\n'), Has.All.Length.LessThanOrEqualTo(60));
        Assert.That(Write(false, false, page => page.Line(words)), Is.EqualTo(words + "\n"));
    }

    [TestCase(1, "1 byte")]
    [TestCase(9_999, "9,999 bytes")]
    [TestCase(65_536, "64.0 KiB")]
    [TestCase(16 << 20, "16.0 MiB")]
    public void Bytes_OfEverySize_AreReadable(long bytes, string expected)
    {
        Assert.That(Page.Bytes(bytes), Is.EqualTo(expected));
    }

    [TestCase(0.0021, "2.1 µs")]
    [TestCase(12.34, "12.3 ms")]
    [TestCase(2500, "2.50 s")]
    public void Time_OfEveryLength_IsReadable(double milliseconds, string expected)
    {
        Assert.That(Page.Time(milliseconds), Is.EqualTo(expected));
    }

    private static string Write(bool isTerminal, bool hasColor, Action<Page> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(new Page(writer, isTerminal, hasColor, 60));
        return writer.ToString();
    }
}
