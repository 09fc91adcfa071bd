using System.Text;
using Plugins.Pdk;

namespace Slugify;

/// <summary>Makes a slug for addresses: "Crème brûlée, it's good!" becomes "creme-brulee-its-good".</summary>
/// <remarks>
/// ASCII letters (as lower case) and digits stay. Latin letters from U+00C0 to U+017F become their ASCII base letters.
/// Apostrophes (U+0027, U+2019) and combining accents (U+0300 to U+036F) vanish. Each run of anything else between two
/// kept characters becomes one hyphen. A text with nothing to keep has the empty slug.
/// </remarks>
public static class SlugifyPlugin
{
    /// <summary>
    /// U+00C0 to U+017F. A capital stands for two letters, a hyphen for a character that is no letter.
    /// </summary>
    private static ReadOnlySpan<byte> Folded =>
        "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTy"u8 +
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkklllllll"u8 +
        "lllnnnnnnnNNooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"u8;

    /// <summary>The one function.</summary>
    [PluginFunction("slugify")]
    public static void Slugify()
    {
        using var slug = new OutputWriter();
        bool any = false, gap = false;
        foreach (Rune character in Input.ReadRunes())
        {
            if (Vanishes(character.Value))
            {
                continue;
            }

            ReadOnlySpan<byte> letters = Fold(character.Value);
            if (letters.IsEmpty)
            {
                gap = any;
                continue;
            }

            slug.Write(gap ? "-"u8 : []);
            slug.Write(letters);
            (any, gap) = (true, false);
        }
    }

    private static bool Vanishes(int character) => character is '\'' or 0x2019 or (>= 0x300 and <= 0x36F);

    /// <summary>The letters for a character; none when it separates words.</summary>
    private static ReadOnlySpan<byte> Fold(int character)
    {
        ReadOnlySpan<byte> digits = "0123456789"u8, letters = "abcdefghijklmnopqrstuvwxyz"u8;
        return character switch
        {
            >= '0' and <= '9' => digits.Slice(character - '0', 1),
            >= 'a' and <= 'z' => letters.Slice(character - 'a', 1),
            >= 'A' and <= 'Z' => letters.Slice(character - 'A', 1),
            >= 0xC0 and <= 0x17F => Unfold(Folded.Slice(character - 0xC0, 1)),
            _ => [],
        };
    }

    private static ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> folded) => folded[0] switch
    {
        (byte)'-' => [],
        (byte)'A' => "ae"u8,
        (byte)'I' => "ij"u8,
        (byte)'N' => "ng"u8,
        (byte)'O' => "oe"u8,
        (byte)'S' => "ss"u8,
        (byte)'T' => "th"u8,
        _ => folded,
    };
}
