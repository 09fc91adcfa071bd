namespace Plugins.Cli.Terminals;

/// <summary>Lays rows of cells out: in columns where there is room for them, else one cell after the other.</summary>
internal sealed class Columns
{
    private const int Indent = 2;
    private const int Gap = 2;
    private const int HangingIndent = 4;

    // Less than this is no column to read a sentence in.
    private const int NarrowestText = 20;

    private readonly IReadOnlyList<(string Text, Tone Tone)[]> _rows;
    private readonly int[] _numberColumns;
    private readonly int[] _widths;
    private readonly int _width;

    internal Columns(IReadOnlyList<(string Text, Tone Tone)[]> rows, int[] numberColumns, int width)
    {
        _rows = rows;
        _numberColumns = numberColumns;
        _width = width;
        _widths = [.. Enumerable.Range(0, rows[0].Length).Select(
            column => rows.Max(row => Flow.WidthOf(row[column].Text)))];
    }

    private int StartOfLast => Indent + _widths[..^1].Sum(column => column + Gap);

    internal IEnumerable<IReadOnlyList<(string Text, Tone Tone)>> Lines()
    {
        var isAligned = StartOfLast + Math.Min(_widths[^1], NarrowestText) <= _width;
        return _rows.SelectMany(row => (isAligned ? Align(row) : Join(row)).Lines);
    }

    private Flow Align((string Text, Tone Tone)[] row)
    {
        var flow = new Flow(_width, StartOfLast);
        var start = Indent;
        for (var column = 0; column < row.Length; column++)
        {
            var (text, tone) = row[column];
            if (text.Length > 0)
            {
                var padding = _numberColumns.Contains(column) ? _widths[column] - Flow.WidthOf(text) : 0;
                flow.MoveTo(start + padding);
                flow.Add(text, tone);
            }

            start += _widths[column] + Gap;
        }

        return flow;
    }

    // A short label keeps its column; below a long one the rest is set off by an indent.
    private Flow Join((string Text, Tone Tone)[] row)
    {
        var rest = Indent + _widths[0] + Gap;
        var isLabel = rest <= _width / 3;
        var flow = new Flow(_width, isLabel ? rest : HangingIndent);
        flow.MoveTo(Indent);
        flow.Add(row[0].Text, row[0].Tone);
        if (isLabel)
        {
            flow.MoveTo(rest);
        }

        foreach (var (index, (text, tone)) in row.Index().Skip(1))
        {
            if (text.Length > 0)
            {
                flow.AddCell(text, isLabel && index == 1 ? "" : new string(' ', Gap), tone);
            }
        }

        return flow;
    }
}
