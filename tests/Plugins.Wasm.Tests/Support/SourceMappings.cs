using System.Text;

namespace Plugins.Wasm.Tests.Support;

/// <summary>Writes the mappings of a source map; all numbers begin with 0.</summary>
internal static class SourceMappings
{
    public static string Of(params (int Offset, int Source, int Line, int Column)[] mappings)
    {
        var text = new StringBuilder();
        (int Offset, int Source, int Line, int Column) last = default;
        foreach ((int offset, int source, int line, int column) in mappings)
        {
            text.Append(text.Length == 0 ? "" : ",");
            Append(text, offset - last.Offset);
            Append(text, source - last.Source);
            Append(text, line - last.Line);
            Append(text, column - last.Column);
            last = (offset, source, line, column);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, int number)
    {
        const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int rest = number < 0 ? (-number << 1) | 1 : number << 1;
        do
        {
            int digit = rest & 0x1F;
            rest >>= 5;
            text.Append(Digits[rest > 0 ? digit | 0x20 : digit]);
        }
        while (rest > 0);
    }
}
