using System.Text;

namespace Plugins.Host.Generator.Analysis;

/// <summary>The names that methods stand for, as plugins write names.</summary>
internal static class FunctionNames
{
    private const string Suffix = "Async";

    /// <summary><c>word_count</c> for <c>WordCountAsync</c>.</summary>
    public static string Of(string method)
    {
        string name = method.Length > Suffix.Length && method.EndsWith(Suffix, StringComparison.Ordinal)
            ? method.Substring(0, method.Length - Suffix.Length)
            : method;
        var words = new StringBuilder();
        for (int index = 0; index < name.Length; index++)
        {
            bool beginsWord = char.IsUpper(name[index]) && index > 0 && name[index - 1] != '_'
                && (!char.IsUpper(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
            words.Append(beginsWord ? "_" : "").Append(char.ToLowerInvariant(name[index]));
        }

        return words.ToString();
    }
}
