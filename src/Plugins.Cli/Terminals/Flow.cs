using Spectre.Console.Rendering;

namespace Plugins.Cli.Terminals;

/// <summary>Fills the lines of a terminal with words; what does not fit goes on below, behind an indent.</summary>
internal sealed class Flow(int width, int indent)
{
    private readonly List<List<(string Text, Tone Tone)>> _lines = [[]];
    private int _column;

    /// <summary>The lines so far, none of which is wider than the terminal.</summary>
    internal IReadOnlyList<IReadOnlyList<(string Text, Tone Tone)>> Lines => _lines;

    /// <summary>The columns that a text takes, as East Asian letters take two.</summary>
    internal static int WidthOf(string text) => new Segment(text).CellCount();

    /// <summary>Adds text that is broken between words, and in words that are longer than a line.</summary>
    internal void Add(string text, Tone tone)
    {
        for (var start = 0; start < text.Length;)
        {
            var word = start;
            while (word < text.Length && text[word] == ' ')
            {
                word++;
            }

            var end = text.IndexOf(' ', word);
            end = end < 0 ? text.Length : end;
            AddWord(text[start..word], text[word..end], tone);
            start = end;
        }
    }

    /// <summary>Adds a piece that stays on this line where all of it fits, and else begins the next one.</summary>
    internal void AddCell(string text, string gap, Tone tone)
    {
        if (_column > indent && _column + gap.Length + WidthOf(text) > width)
        {
            Break();
        }
        else if (_column > 0)
        {
            Append(gap, Tone.Plain);
        }

        Add(text, tone);
    }

    /// <summary>Goes on at a column of this line.</summary>
    internal void MoveTo(int column) => Append(new string(' ', Math.Max(0, column - _column)), Tone.Plain);

    private void AddWord(string spaces, string word, Tone tone)
    {
        var length = WidthOf(word);
        if (_column + spaces.Length + length <= width)
        {
            Append(spaces, tone);
        }
        else if (_column > indent)
        {
            Break();
        }

        if (_column + length <= width)
        {
            Append(word, tone);
            return;
        }

        foreach (var rune in word.EnumerateRunes())
        {
            var letter = rune.ToString();
            if (_column + WidthOf(letter) > width)
            {
                Break();
            }

            Append(letter, tone);
        }
    }

    private void Break()
    {
        _lines.Add([]);
        _column = 0;
        Append(new string(' ', indent), Tone.Plain);
    }

    private void Append(string text, Tone tone)
    {
        if (text.Length == 0)
        {
            return;
        }

        _column += WidthOf(text);
        var line = _lines[^1];
        if (line is [.., var last] && last.Tone == tone)
        {
            line[^1] = (last.Text + text, tone);
        }
        else
        {
            line.Add((text, tone));
        }
    }
}
