using System.Globalization;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>The words of a name, where System.Text.Json's snake and kebab case see them.</summary>
internal static class NameWords
{
    /// <summary>
    /// Splits at punctuation, before capitals after small letters, and before an acronym's last capital.
    /// </summary>
    public static IEnumerable<string> Of(string name)
    {
        int start = 0;
        bool? inCapitals = null;
        for (int i = 0; i < name.Length; i++)
        {
            UnicodeCategory category = char.GetUnicodeCategory(name[i]);
            bool? isCapital = category switch
            {
                UnicodeCategory.UppercaseLetter => true,
                UnicodeCategory.LowercaseLetter => false,
                _ => inCapitals,
            };
            (int end, int next) = Boundary(name, i, category, isCapital, inCapitals);
            inCapitals = next < 0 ? isCapital : null;
            if (end > start)
            {
                yield return name.Substring(start, end - start);
            }

            start = next < 0 ? start : next;
        }

        if (start < name.Length)
        {
            yield return name.Substring(start);
        }
    }

    /// <returns>Where the word before ends and where the next begins; negative when there is no boundary.</returns>
    private static (int End, int Next) Boundary(
        string name, int at, UnicodeCategory category, bool? isCapital, bool? inCapitals)
    {
        char next = at + 1 < name.Length ? name[at + 1] : '\0';
        if (IsSeparator(category))
        {
            return (at, at + 1);
        }

        if ((isCapital is false && char.IsUpper(next)) || next is '_')
        {
            return (at + 1, at + 1);
        }

        bool endsAcronym = inCapitals is true && category is UnicodeCategory.UppercaseLetter && char.IsLower(next);
        return endsAcronym ? (at, at) : (-1, -1);
    }

    private static bool IsSeparator(UnicodeCategory category) => category is UnicodeCategory.SpaceSeparator
        or (>= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation);
}
