namespace Plugins.Manifest.Format;

/// <summary>The form of a media type (RFC 6838 4.2), with parameters left to whoever reads them.</summary>
internal static class MediaType
{
    public const string Form = "a media type such as application/json";

    private const int MaxPartLength = 127;

    public static bool IsValid(string text)
    {
        var end = text.IndexOf(';', StringComparison.Ordinal);
        var parts = (end < 0 ? text : text[..end]).Split('/');
        return parts.Length == 2
            && parts.All(IsRestrictedName)
            && text.All(character => character is >= ' ' and < '\x7F');
    }

    private static bool IsRestrictedName(string part) =>
        part.Length is > 0 and <= MaxPartLength
        && char.IsAsciiLetterOrDigit(part[0])
        && part.All(character => char.IsAsciiLetterOrDigit(character) || "!#$&-^_.+".Contains(character));
}
