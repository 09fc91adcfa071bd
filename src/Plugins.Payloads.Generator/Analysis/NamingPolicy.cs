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
        2 => string.Join("_", NameWords.Of(name)).ToLowerInvariant(),
        3 => string.Join("_", NameWords.Of(name)).ToUpperInvariant(),
        4 => string.Join("-", NameWords.Of(name)).ToLowerInvariant(),
        5 => string.Join("-", NameWords.Of(name)).ToUpperInvariant(),
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
}
