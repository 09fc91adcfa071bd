namespace Plugins.Payloads;

/// <summary>A type was to be written or read that no context describes.</summary>
public sealed class UnknownPayloadTypeException : PayloadException
{
    internal UnknownPayloadTypeException(Type payloadType, PayloadFormat format, Exception? innerException = null)
        : base(Compose(payloadType, format), innerException)
    {
        PayloadType = payloadType;
        Format = format;
    }

    /// <summary>The type.</summary>
    public Type PayloadType { get; }

    /// <summary>The format that has no description of it.</summary>
    public PayloadFormat Format { get; }

    private static string Compose(Type type, PayloadFormat format)
    {
        (string attribute, string context) = format == PayloadFormat.Json
            ? ("JsonSerializable", "JsonSerializerContext")
            : ("PayloadSerializable", nameof(PayloadContext));
        return $"No context describes '{type}' for {format}: add [{attribute}(typeof({type.Name}))] to your {context}.";
    }
}
