namespace Plugins.Payloads;

/// <summary>Tells formats by their media types.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public static class PayloadMediaType
{
    /// <summary>The media type of JSON.</summary>
    public const string Json = "application/json";

    /// <summary>The media type of MessagePack that IANA has registered.</summary>
    public const string MessagePack = "application/vnd.msgpack";

    /// <summary>Finds the format that a media type names.</summary>
    /// <param name="mediaType">
    /// Such as <c>application/json</c>, <c>application/vnd.acme.order+msgpack</c> or <c>text/plain</c>; upper and lower
    /// case are alike and parameters behind a semicolon are ignored.
    /// </param>
    /// <param name="format">The format.</param>
    /// <returns>False when it is the media type of something else.</returns>
    public static bool TryGetFormat(ReadOnlySpan<char> mediaType, out PayloadFormat format)
    {
        int parameters = mediaType.IndexOf(';');
        ReadOnlySpan<char> name = (parameters < 0 ? mediaType : mediaType[..parameters]).Trim(" \t");
        format = IsMessagePack(name) ? PayloadFormat.MessagePack : PayloadFormat.Json;
        return format == PayloadFormat.MessagePack || IsJson(name);
    }

    private static bool IsJson(ReadOnlySpan<char> name) =>
        Is(name, Json) || Is(name, "text/json") || HasSuffix(name, "+json");

    private static bool IsMessagePack(ReadOnlySpan<char> name) => Is(name, MessagePack)
        || Is(name, "application/msgpack")
        || Is(name, "application/x-msgpack")
        || HasSuffix(name, "+msgpack");

    private static bool Is(ReadOnlySpan<char> name, string other) =>
        name.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A structured syntax suffix behind a type and a subtype. RFC 6838, section 4.2.8.</summary>
    private static bool HasSuffix(ReadOnlySpan<char> name, string suffix) =>
        name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
        && name[..^suffix.Length] is [_, .., not '/'] front
        && front.IndexOf('/') > 0;
}
