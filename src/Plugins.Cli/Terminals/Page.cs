using System.Globalization;
using Plugins.Manifest.Text;
using Spectre.Console;

namespace Plugins.Cli.Terminals;

/// <summary>Where the command writes what people read; every text is made harmless on its way.</summary>
internal sealed class Page
{
    // In a narrower one, the terminal itself breaks lines.
    private const int NarrowestTerminal = 32;

    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _console;
    private readonly int _width;

    internal Page(TextWriter writer, bool isTerminal, bool hasColor, int width)
    {
        _writer = writer;
        _width = isTerminal ? Math.Max(width, NarrowestTerminal) : int.MaxValue;
        _console = !isTerminal ? null : AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new PageOutput(writer),
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
    internal void Line(params ReadOnlySpan<(string Text, Tone Tone)> pieces) => Wrapped(0, pieces);

    /// <summary>A line that begins with a label; what is wrapped goes on behind it.</summary>
    internal void Labelled((string Text, Tone Tone) label, params ReadOnlySpan<(string Text, Tone Tone)> pieces) =>
        Wrapped(Flow.WidthOf(label.Text), [label, .. pieces]);

    internal void Heading(string text)
    {
        Line();
        Line(text, Tone.Strong);
    }

    /// <summary>Labels and what belongs to them, aligned; long text goes on below itself.</summary>
    internal void Facts(params IEnumerable<(string Label, string Text, Tone Tone)> facts) =>
        Rows([.. facts.Select(fact => new[] { (fact.Label, Tone.Dim), (fact.Text, fact.Tone) })]);

    /// <summary>
    /// Rows of cells in columns as wide as they need to be, or below each other where they do not fit side by side; a
    /// number column is aligned to the right.
    /// </summary>
    internal void Rows(IReadOnlyList<(string Text, Tone Tone)[]> rows, params int[] numberColumns)
    {
        if (rows.Count == 0)
        {
            return;
        }

        (string, Tone)[][] visible =
            [.. rows.Select(row => row.Select(cell => (VisibleText.Escape(cell.Text), cell.Tone)).ToArray())];
        foreach (var line in new Columns(visible, numberColumns, _width).Lines())
        {
            WriteLine(line);
        }
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
        Labelled(("next: ", Tone.Strong), (step, Tone.Plain));
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

    private void Wrapped(int indent, params ReadOnlySpan<(string Text, Tone Tone)> pieces)
    {
        var flow = new Flow(_width, indent);
        foreach (var (text, tone) in pieces)
        {
            flow.Add(VisibleText.Escape(text), tone);
        }

        foreach (var line in flow.Lines)
        {
            WriteLine(line);
        }
    }

    private void WriteLine(IReadOnlyList<(string Text, Tone Tone)> pieces)
    {
        foreach (var (text, tone) in pieces)
        {
            if (_console is null)
            {
                _writer.Write(text);
            }
            else
            {
                _console.Write(new Text(text, StyleOf(tone)));
            }
        }

        _writer.WriteLine();
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
