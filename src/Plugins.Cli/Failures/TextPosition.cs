using System.Text;

namespace Plugins.Cli.Failures;

/// <summary>A place in a text file as editors count it: lines and characters, both from 1.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public override string ToString() => $"{Line}:{Column}";

    /// <summary>The place of a byte; one behind the end is the end's.</summary>
    internal static TextPosition Of(ReadOnlySpan<byte> utf8, long offset)
    {
        var before = utf8[..(int)Math.Clamp(offset, 0, utf8.Length)];
        var start = before.LastIndexOf((byte)'\n') + 1;
        return new TextPosition(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }

    /// <summary>The place that a JSON reader names, which counts lines from 0 and bytes in them.</summary>
    internal static TextPosition Of(ReadOnlySpan<byte> utf8, long line, long byteInLine)
    {
        var rest = utf8;
        for (var count = line; count > 0; count--)
        {
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        }

        return Of(utf8, utf8.Length - rest.Length + byteInLine);
    }
}
