using System.Text.Json;
using Plugins.Manifest.Text;

namespace Plugins.Host.Payloads.Json;

/// <summary>A JSON document is refused, or a value cannot be written as one.</summary>
/// <remarks>
/// Immutable. The message says where the problem is; the parser's own words, which quote input, are in the cause.
/// </remarks>
public sealed class JsonPayloadException : PayloadException
{
    internal JsonPayloadException(Type payloadType, JsonException cause)
        : base(Compose(payloadType, cause), cause)
    {
        PayloadType = payloadType;
        Path = cause.Path is null ? null : VisibleText.Name(cause.Path);
        LineNumber = cause.LineNumber;
        BytePositionInLine = cause.BytePositionInLine;
    }

    internal JsonPayloadException(Type payloadType, Exception cause)
        : base($"JSON refused for '{payloadType}': the value cannot be converted.", cause)
    {
        PayloadType = payloadType;
    }

    /// <summary>The type that was to be read or written.</summary>
    public Type PayloadType { get; }

    /// <summary>Path of the refused value, such as <c>$.orders[3].id</c>, if known.</summary>
    public string? Path { get; }

    /// <summary>Line of the refused value, counted from 0, if known.</summary>
    public long? LineNumber { get; }

    /// <summary>Byte offset of the refused value within its line, if known.</summary>
    public long? BytePositionInLine { get; }

    private static string Compose(Type type, JsonException cause)
    {
        string path = cause.Path is null ? "" : $" ({VisibleText.Name(cause.Path)})";
        string place = cause.LineNumber is null ? "" : $" at line {cause.LineNumber}, byte {cause.BytePositionInLine}";
        return $"JSON refused for '{type}'{place}{path}: it is malformed or does not fit the type.";
    }
}
