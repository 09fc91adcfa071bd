namespace Plugins.Payloads;

/// <summary>A type cannot be read from a document of somebody who is not trusted.</summary>
/// <remarks>The application's to mend, by another type or another comparer; no document causes it.</remarks>
public sealed class UnsafePayloadTypeException : PayloadException
{
    internal UnsafePayloadTypeException(Type payloadType, string reason)
        : base($"'{payloadType}' is not safe to read from a document that may be hostile: {reason}")
    {
        PayloadType = payloadType;
        Reason = reason;
    }

    /// <summary>The type of the collection.</summary>
    public Type PayloadType { get; }

    /// <summary>What is wrong with it, and what to use instead.</summary>
    public string Reason { get; }
}
