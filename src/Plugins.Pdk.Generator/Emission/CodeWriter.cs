using System.Text;

namespace Plugins.Pdk.Generator.Emission;

/// <summary>Writes lines of C#, indented by the braces around them.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line() => _text.Append('\n');

    /// <summary>Writes one line, or several that keep their own indentation below the current one.</summary>
    public void Line(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            _text.Append(line.Length is 0 ? "" : new string(' ', 4 * _depth)).Append(line).Append('\n');
        }
    }

    public void Open(string head)
    {
        Line(head);
        Line("{");
        _depth++;
    }

    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    public override string ToString() => _text.ToString();
}
