using System.Globalization;
using System.Text;

namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>Rust's first scheme: C++'s nested names with a hash at the end, and escapes for what C++ lacks.</summary>
internal static class RustLegacySymbol
{
    private const string Start = "_ZN";
    private const int HashLength = 17;

    /// <summary>The path of a function without its hash, or null where it is no such name.</summary>
    public static string? TryDemangle(string name)
    {
        List<Range> parts = [];
        int position = Start.Length;
        if (!name.StartsWith(Start, StringComparison.Ordinal))
        {
            return null;
        }

        while (position < name.Length && char.IsAsciiDigit(name[position]))
        {
            if (ReadPart(name, ref position) is not Range part)
            {
                return null;
            }

            parts.Add(part);
        }

        // A suffix of the optimiser may follow.
        bool isWhole = position < name.Length && name[position] == 'E'
            && (position + 1 == name.Length || name[position + 1] == '.');
        return isWhole && parts.Count > 1 && IsHash(name[parts[^1]]) ? Join(name, parts[..^1]) : null;
    }

    private static Range? ReadPart(string name, ref int position)
    {
        int length = 0;
        for (; position < name.Length && char.IsAsciiDigit(name[position]); position++)
        {
            length = (length * 10) + (name[position] - '0');
            if (length > name.Length)
            {
                return null;
            }
        }

        int start = position;
        position += length;
        return length > 0 && position <= name.Length ? start..position : null;
    }

    private static bool IsHash(string part) =>
        part.Length == HashLength && part[0] == 'h' && part.Skip(1).All(char.IsAsciiHexDigitLower);

    private static string Join(string name, List<Range> parts)
    {
        StringBuilder text = new(name.Length);
        foreach (Range part in parts)
        {
            Unescape(text.Append(text.Length == 0 ? string.Empty : "::"), name.AsSpan()[part]);
        }

        return text.ToString();
    }

    private static void Unescape(StringBuilder text, ReadOnlySpan<char> part)
    {
        // An identifier may not begin with an escape, so an underscore stands before it.
        ReadOnlySpan<char> rest = part.StartsWith("_$") ? part[1..] : part;
        while (!rest.IsEmpty)
        {
            if (rest.StartsWith(".."))
            {
                text.Append("::");
                rest = rest[2..];
            }
            else if (rest[0] == '$' && rest[1..].IndexOf('$') is var end and > 0
                && CharacterOf(rest.Slice(1, end)) is string escaped)
            {
                text.Append(escaped);
                rest = rest[(end + 2)..];
            }
            else
            {
                text.Append(rest[0]);
                rest = rest[1..];
            }
        }
    }

    private static string? CharacterOf(ReadOnlySpan<char> escape) => escape switch
    {
        "SP" => "@",
        "BP" => "*",
        "RF" => "&",
        "LT" => "<",
        "GT" => ">",
        "LP" => "(",
        "RP" => ")",
        "C" => ",",
        ['u', .. var digits] when digits.Length <= 6
            && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            && Rune.IsValid(code) => new Rune(code).ToString(),
        _ => null,
    };
}
