using System.Text;

namespace Plugins.Pdk.CodeFixes;

/// <summary>Names as the guest SDKs of all languages write them: <c>word_count</c>.</summary>
internal static class SnakeCase
{
    private const int MaximumLength = 255;

    /// <summary>Lower-case ASCII letters, digits and single underscores, beginning with a letter; or nothing.</summary>
    public static string From(string text)
    {
        var name = new StringBuilder();
        bool wasLower = false;
        foreach (char character in text)
        {
            bool isUpper = character is >= 'A' and <= 'Z';
            bool isLetter = isUpper || character is >= 'a' and <= 'z';
            bool isKept = isLetter || (character is >= '0' and <= '9' && name.Length > 0);
            if ((!isKept || (isUpper && wasLower)) && name.Length > 0 && name[name.Length - 1] != '_')
            {
                name.Append('_');
            }

            name.Append(isKept ? char.ToLowerInvariant(character).ToString() : "");
            wasLower = isKept && !isUpper;
        }

        string whole = name.ToString().TrimEnd('_');
        return whole.Length > MaximumLength ? whole.Substring(0, MaximumLength) : whole;
    }
}
