using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plugins.Examples.Tests.Support;

/// <summary>A call of a capability as docs/abi.md spells it out.</summary>
/// <param name="Capability">Its name.</param>
/// <param name="Request">The bytes that the guest sends.</param>
/// <param name="Status">What it answers.</param>
/// <param name="Result">The bytes that it gives; null where they are not the same each time.</param>
/// <param name="ResultLength">How many they are.</param>
internal sealed partial record AbiExample(
    string Capability, byte[] Request, int Status, byte[]? Result, int ResultLength)
{
    /// <summary>All of a page, in order.</summary>
    internal static AbiExample[] Read(Markdown page) =>
        [.. page.CodeBlocks("text").Where(block => IsName().IsMatch(block[0])).Select(Parse)];

    /// <summary>The modules that a page dumps: an offset, bytes and their meaning in each line.</summary>
    internal static byte[][] ReadModules(Markdown page) =>
    [
        .. page.CodeBlocks("text")
            .Where(block => block[0].StartsWith("0000", StringComparison.Ordinal))
            .Select(block => string.Concat(block.Select(line => Dump().Match(line).Groups["hex"].Value)))
            .Select(hex => Convert.FromHexString(hex.Replace(" ", ""))),
    ];

    private static AbiExample Parse(string[] block)
    {
        var fields = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        var field = "";
        foreach (var line in block.Skip(1).Select(line => Line().Match(line)))
        {
            field = line.Groups["field"].Value is { Length: > 0 } named ? named : field;
            fields.TryAdd(field, new StringBuilder());
            fields[field].Append(line.Groups["value"].Value.Replace(" ", ""));
        }

        var result = fields.TryGetValue("result", out var text) ? text.ToString() : "";
        var varies = result.StartsWith('.');
        var bytes = varies ? null : Message(block) ?? Convert.FromHexString(result);
        return new AbiExample(
            block[0],
            Convert.FromHexString(fields["request"].ToString()),
            int.Parse(fields["status"].ToString(), CultureInfo.InvariantCulture),
            bytes,
            bytes?.Length ?? result.Length / 2);
    }

    /// <summary>A result that is written as a text.</summary>
    private static byte[]? Message(string[] block) => Quoted().Match(block[^1]) is { Success: true } match
        ? Encoding.UTF8.GetBytes(match.Groups["text"].Value)
        : null;

    [GeneratedRegex("^[a-z_]+[.][a-z_]+$", RegexOptions.None, 1000)]
    private static partial Regex IsName();

    [GeneratedRegex(
        "^  (?<field>[a-z]*) *(?<value>(([0-9a-f]{2}|[.]{2}|-?[0-9]+)( |$))*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex("^  result +\"(?<text>.*)\"$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("^[0-9a-f]{4}  (?<hex>([0-9a-f]{2}( |$))+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Dump();
}
