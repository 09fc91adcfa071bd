using Plugins.Cli.Terminals;

namespace Plugins.Cli.Tests.Terminals;

internal sealed class ColumnsTests
{
    private static readonly (string Text, Tone Tone)[][] Imports =
    [
        [("plugins:abi/v1 input_read", Tone.Plain), ("(i32, i32) -> (i32)", Tone.Dim), ("", Tone.Plain)],
        [("plugins:host/v1 greeting", Tone.Plain), ("() -> ()", Tone.Dim), ("needs a permission", Tone.Dim)],
    ];

    [Test]
    public void Lines_WhereThereIsRoom_AreAligned()
    {
        Assert.That(Lay(Imports, 80), Is.EqualTo(new[]
        {
            "  plugins:abi/v1 input_read  (i32, i32) -> (i32)",
            "  plugins:host/v1 greeting   () -> ()             needs a permission",
        }));
    }

    [Test]
    public void Lines_WhereThereIsNone_GoOnBelow()
    {
        Assert.That(Lay(Imports, 40), Is.EqualTo(new[]
        {
            "  plugins:abi/v1 input_read",
            "    (i32, i32) -> (i32)",
            "  plugins:host/v1 greeting  () -> ()",
            "    needs a permission",
        }));
    }

    [Test]
    public void Lines_WithShortLabels_KeepTheirColumn()
    {
        (string, Tone)[][] rows =
        [
            [("ok", Tone.Good), ("a name of several words that is long", Tone.Plain), ("12 fuel", Tone.Dim)],
            [("ok", Tone.Good), ("short", Tone.Plain), ("9 fuel", Tone.Dim)],
        ];
        Assert.That(Lay(rows, 32), Is.EqualTo(new[]
        {
            "  ok  a name of several words",
            "      that is long  12 fuel",
            "  ok  short  9 fuel",
        }));
    }

    [Test]
    public void Lines_WithALongLastColumn_WrapItInItsColumn()
    {
        (string, Tone)[][] rows = [[("size", Tone.Dim), ("one page of memory and no maximum", Tone.Plain)]];
        Assert.That(Lay(rows, 32), Is.EqualTo(new[]
        {
            "  size  one page of memory and",
            "        no maximum",
        }));
    }

    [Test]
    public void Lines_WithNumbers_AlignThemToTheRight()
    {
        (string, Tone)[][] rows = [[("a", Tone.Dim), ("9", Tone.Plain)], [("b", Tone.Dim), ("10", Tone.Plain)]];
        Assert.That(Lay(rows, 32, 1), Is.EqualTo(new[] { "  a   9", "  b  10" }));
    }

    // Letters of East Asia take two columns, and a digest has no spaces to break it at.
    [TestCase("太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎太郎", 40)]
    [TestCase("f6ad8820ee68bdf4120b0668a79d7217afb038b0ffa2b5a22a1ea30d2a1d437c", 40)]
    [TestCase("👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍👍", 33)]
    public void Lines_OfAnyText_FitAndLoseNothing(string text, int width)
    {
        var lines = Lay([[("label", Tone.Dim), (text, Tone.Plain)]], width);
        Assert.That(lines.Select(Flow.WidthOf), Has.All.LessThanOrEqualTo(width));
        Assert.That(string.Concat(lines.Select(line => line.Trim())).Replace("label  ", "", StringComparison.Ordinal),
            Is.EqualTo(text));
    }

    private static string[] Lay((string Text, Tone Tone)[][] rows, int width, params int[] numberColumns) =>
    [
        .. new Columns(rows, numberColumns, width).Lines()
            .Select(line => string.Concat(line.Select(piece => piece.Text)).TrimEnd()),
    ];
}
