using System.Text.RegularExpressions;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>A function's type in C: types as text, without qualifiers, names and spaces.</summary>
internal sealed record CPrototype(string Result, string[] Parameters)
{
    /// <summary>The prototype of a function that headers declare, or null.</summary>
    public static CPrototype? OfFunction(string text, string name) =>
        Find(text, $@"(?<result>[\w ]+[ *]+){name} ?\((?<rest>)");

    /// <summary>The prototype that a <c>typedef</c> or a parameter names in the form <c>(*name)(…)</c>.</summary>
    public static CPrototype? OfPointer(string text, string name) =>
        Find(text, $@"(?<result>\w+ ?\*?) ?\(\*{name}\) ?\((?<rest>)");

    private static CPrototype? Find(string text, string pattern)
    {
        var match = Regex.Match(text, pattern, RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
        return match.Success
            ? new CPrototype(Plain(match.Groups["result"].Value + "result"), Split(text, match.Groups["rest"].Index))
            : null;
    }

    private static string[] Split(string text, int start)
    {
        var parts = new List<string>();
        var depth = 0;
        for (var index = start; ; index++)
        {
            depth += text[index] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0 || (depth == 0 && text[index] == ','))
            {
                parts.Add(Plain(text[start..index]));
                start = index + 1;
            }

            if (depth < 0)
            {
                return parts is ["void"] or [""] ? [] : [.. parts];
            }
        }
    }

    // "const wasmtime_memory_t *memory" becomes "wasmtime_memory_t*", and "wasm_valtype_t * const[]" has two asterisks.
    private static string Plain(string declaration)
    {
        if (declaration.Contains("(*", StringComparison.Ordinal))
        {
            return "function*";
        }

        var words = Regex.Matches(declaration, @"\w+|\*|\[\]", RegexOptions.NonBacktracking)
            .Select(match => match.Value)
            .Where(word => word is not ("const" or "extern" or "struct" or "typedef")).ToArray();
        var stars = words.Count(word => word is "*" or "[]");
        return words.FirstOrDefault() + new string('*', stars);
    }
}
