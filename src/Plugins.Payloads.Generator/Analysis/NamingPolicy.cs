using System.Globalization;
using System.Text;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Names of members as System.Text.Json's policies make them.</summary>
/// <remarks>The policies themselves cannot be called: a compiler need not have that library.</remarks>
internal static class NamingPolicy
{
    /// <param name="policy">A value of <c>JsonKnownNamingPolicy</c>.</param>
    /// <param name="name">The name in C#.</param>
    public static string Apply(int policy, string name) => policy switch
    {
        1 => CamelCase(name),
        2 => Separated(name, '_', isUpper: false),
        3 => Separated(name, '_', isUpper: true),
        4 => Separated(name, '-', isUpper: false),
        5 => Separated(name, '-', isUpper: true),
        _ => name,
    };

    /// <summary>
    /// Lowers the first letter, and those of an acronym in front: <c>IOStream</c> is <c>ioStream</c>.
    /// </summary>
    private static string CamelCase(string name)
    {
        char[] letters = name.ToCharArray();
        for (int i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            bool endsAcronym = i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]);
            if (endsAcronym && letters[i + 1] is not ' ')
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
            if (endsAcronym)
            {
                break;
            }
        }

        return new string(letters);
    }

    private static string Separated(string name, char separator, bool isUpper)
    {
        var text = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (StartsWord(name, i))
            {
                text.Append(separator);
            }

            text.Append(char.GetUnicodeCategory(name[i]) switch
            {
                UnicodeCategory.LowercaseLetter when isUpper => char.ToUpperInvariant(name[i]),
                UnicodeCategory.UppercaseLetter when !isUpper => char.ToLowerInvariant(name[i]),
                _ => name[i],
            });
        }

        return text.ToString();
    }

    /// <summary>A capital after a small letter or digit, or the last one of an acronym before a small letter.</summary>
    private static bool StartsWord(string name, int at)
    {
        if (at is 0 || char.GetUnicodeCategory(name[at]) is not UnicodeCategory.UppercaseLetter)
        {
            return false;
        }

        return char.GetUnicodeCategory(name[at - 1]) switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.UppercaseLetter => at + 1 < name.Length && char.IsLower(name[at + 1]),
            _ => false,
        };
    }
}
