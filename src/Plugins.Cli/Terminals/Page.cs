using System.Globalization;
using System.Text;
using Plugins.Manifest.Text;
using Spectre.Console;

namespace Plugins.Cli.Terminals;

/// <summary>Where the command writes what people read; every text is made harmless on its way.</summary>
internal sealed class Page
{
    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _console;

    internal Page(TextWriter writer, bool isTerminal, bool hasColor, int width)
    {
        _writer = writer;
        _console = !isTerminal ? null : AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new PageOutput(writer, Math.Max(width, 40)),
            Ansi = hasColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
    }

    /// <summary>
    /// Whether a person looks at it as it is written; pipes and files get plain lines, never wrapped.
    /// </summary>
    internal bool IsTerminal => _console is not null;

    internal void Line() => _writer.WriteLine();

    internal void Line(string text, Tone tone = Tone.Plain) => Line((text, tone));

    /// <summary>One line of pieces, wrapped where the terminal ends.</summary>
    internal void Line(params ReadOnlySpan<(string Text, Tone Tone)> pieces)
    {
        var paragraph = new Paragraph();
        var plain = new StringBuilder();
        foreach (var (text, tone) in pieces)
        {
            var visible = VisibleText.Escape(text);
            plain.Append(visible);
            paragraph.Append(visible, StyleOf(tone));
        }

        _console?.Write(paragraph);
        _writer.WriteLine(_console is null ? plain.ToString() : "");
    }

    internal void Heading(string text)
    {
        Line();
        Line(text, Tone.Strong);
    }

    /// <summary>Labels and what belongs to them, aligned; long text goes on below itself.</summary>
    internal void Facts(params IEnumerable<(string Label, string Text, Tone Tone)> facts) =>
        Rows([.. facts.Select(fact => new[] { (fact.Label, Tone.Dim), (fact.Text, fact.Tone) })]);

    /// <summary>Rows of cells in columns as wide as they need to be; a number column is aligned to the right.</summary>
    internal void Rows(IReadOnlyList<(string Text, Tone Tone)[]> rows, params int[] numberColumns)
    {
        if (rows.Count == 0)
        {
            return;
        }

        if (_console is null)
        {
            PlainRows(rows, numberColumns);
            return;
        }

        var grid = NewGrid(rows[0].Length, numberColumns);
        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(cell => new Text(VisibleText.Escape(cell.Text), StyleOf(cell.Tone)))]);
        }

        _console.Write(grid);
    }

    /// <summary>Text of several lines, each made harmless by itself.</summary>
    internal void Block(string text, Tone tone = Tone.Plain)
    {
        foreach (var line in text.Split('\n'))
        {
            Line(line, tone);
        }
    }

    /// <summary>What to do now.</summary>
    internal void Next(string step)
    {
        Line();
        Line(("next: ", Tone.Strong), (step, Tone.Plain));
    }

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    internal static string Bytes(long bytes) => bytes switch
    {
        1 => "1 byte",
        < 10_000 => $"{Number(bytes)} bytes",
        < 10 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:N1} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB"),
    };

    internal static string Time(double milliseconds) => milliseconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds * 1000:N1} µs"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:N1} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:N2} s"),
    };

    internal static string Count(long count, string one, string? many = null) =>
        $"{Number(count)} {(count == 1 ? one : many ?? one + "s")}";

    private void PlainRows(IReadOnlyList<(string Text, Tone Tone)[]> rows, int[] numberColumns)
    {
        string[][] cells = [.. rows.Select(row => row.Select(cell => VisibleText.Escape(cell.Text)).ToArray())];
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(column => cells.Max(row => row[column].Length))];
        foreach (var row in cells)
        {
            var padded = row.Select((text, column) => numberColumns.Contains(column)
                ? text.PadLeft(widths[column])
                : text.PadRight(widths[column]));
            _writer.WriteLine(("  " + string.Join("  ", padded)).TrimEnd());
        }
    }

    private static Grid NewGrid(int columns, int[] numberColumns)
    {
        var grid = new Grid();
        for (var index = 0; index < columns; index++)
        {
            grid.AddColumn(new GridColumn
            {
                Padding = new Padding(index == 0 ? 2 : 0, 0, index == columns - 1 ? 0 : 2, 0),
                NoWrap = index < columns - 1,
                Alignment = numberColumns.Contains(index) ? Justify.Right : Justify.Left,
            });
        }

        return grid;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Dim => new Style(foreground: Color.Grey),
        Tone.Good => new Style(foreground: Color.Green),
        Tone.Bad => new Style(foreground: Color.Red),
        Tone.Warning => new Style(foreground: Color.Yellow),
        _ => Style.Plain,
    };
}
