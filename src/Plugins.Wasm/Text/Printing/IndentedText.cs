using System.Globalization;
using System.Text;

namespace Plugins.Wasm.Text.Printing;

/// <summary>Text of bounded length, whose lines begin with the depth that they are at.</summary>
internal sealed class IndentedText(int maximumBytes)
{
    // Deeper lines begin no further to the right. Compilers nest hundreds of blocks, and the text would be all spaces.
    private const int MaximumDepth = 20;
    private const int SpacesPerDepth = 2;

    private readonly StringBuilder _text = new();
    private long _bytes;
    private bool _isStart;

    public int Depth { get; set; }

    /// <summary>Whether everything is on one line, with a space in place of the end of each.</summary>
    public bool IsOneLine { get; init; }

    public override string ToString() => _text.ToString();

    public void Clear()
    {
        _text.Clear();
        _bytes = 0;
    }

    /// <summary>Begins a line.</summary>
    public void Line()
    {
        if (IsOneLine)
        {
            Add(_text.Length == 0 ? "" : " ");
            return;
        }

        _isStart = true;
        int spaces = SpacesPerDepth * Math.Min(Depth, MaximumDepth);
        Count(spaces + 1);
        _text.Append('\n').Append(' ', spaces);
    }

    public void Add(string text)
    {
        Count(Encoding.UTF8.GetByteCount(text));
        _text.Append(text);
        _isStart &= text.Length == 0;
    }

    /// <summary>Adds text behind a space, which the start of a line needs not.</summary>
    public void Word(string text)
    {
        Add(_isStart ? "" : " ");
        Add(text);
    }

    public void Word(long number) => Word(number.ToString(CultureInfo.InvariantCulture));

    public void Word(ulong number) => Word(number.ToString(CultureInfo.InvariantCulture));

    private void Count(int bytes)
    {
        _bytes += bytes;
        if (_bytes > maximumBytes)
        {
            throw new ModuleLimitException(ModuleLimitException.TextLimit, maximumBytes, _bytes, 0);
        }
    }
}
