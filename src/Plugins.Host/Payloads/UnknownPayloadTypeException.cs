namespace Plugins.Host.Payloads;

/// <summary>A value's type is unknown to the payload format.</summary>
/// <remarks>Immutable. The application's to mend; no document causes it.</remarks>
public sealed class UnknownPayloadTypeException : PayloadException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="payloadType">The type.</param>
    /// <param name="format">The format's name.</param>
    /// <param name="remedy">One clause that says how to describe the type, such as an attribute to add.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public UnknownPayloadTypeException(
        Type payloadType, string format, string remedy, Exception? innerException = null)
        : base($"Nothing describes '{payloadType}' for {format}: {remedy}.", innerException)
    {
        PayloadType = payloadType;
        Format = format;
    }

    /// <summary>The type.</summary>
    public Type PayloadType { get; }

    /// <summary>The name of the format.</summary>
    public string Format { get; }
}
