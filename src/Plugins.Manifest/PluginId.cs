using System.Diagnostics.CodeAnalysis;

namespace Plugins.Manifest;

/// <summary>A plugin's globally unique name, <c>publisher/name</c>, compared byte by byte.</summary>
/// <remarks>
/// Each part has 1 to 64 characters: lowercase ASCII letters and digits, with single <c>-</c>, <c>_</c> or <c>.</c>
/// between them. Immutable and safe for use by many threads.
/// </remarks>
public sealed record PluginId
{
    /// <summary>Maximum length of either part, in characters.</summary>
    public const int MaxPartLength = 64;

    internal const string Form = "'publisher/name' of lowercase letters, digits and single separators";

    private PluginId(string publisher, string name)
    {
        Publisher = publisher;
        Name = name;
    }

    /// <summary>The part before the slash, which the trust policy maps to keys.</summary>
    public string Publisher { get; }

    /// <summary>The part after the slash, which the publisher chooses.</summary>
    public string Name { get; }

    /// <summary>Reads <c>publisher/name</c>.</summary>
    /// <param name="text">The whole id, without white space.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static PluginId Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var id) ? id : throw new FormatException($"A plugin id is {Form}.");
    }

    /// <summary>Reads <c>publisher/name</c> if the text has that form.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="id">The id when the text is one.</param>
    /// <returns>True if the text is a plugin id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out PluginId? id)
    {
        id = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !IsPart(text.AsSpan(0, slash)) || !IsPart(text.AsSpan(slash + 1)))
        {
            return false;
        }

        id = new PluginId(text![..slash], text[(slash + 1)..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Publisher}/{Name}";

    internal static bool IsPart(ReadOnlySpan<char> part)
    {
        if (part.Length is 0 or > MaxPartLength)
        {
            return false;
        }

        var separated = true;
        foreach (var character in part)
        {
            var separator = character is '-' or '_' or '.';
            if (separator ? separated : !(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            {
                return false;
            }

            separated = separator;
        }

        return !separated;
    }
}
