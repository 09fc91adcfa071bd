namespace Plugins.Host.Payloads;

/// <summary>A type cannot be read safely from an untrusted document.</summary>
/// <remarks>
/// Immutable. The application's to mend, by another type or another comparer; no document causes it.
/// </remarks>
public sealed class UnsafePayloadTypeException : PayloadException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="payloadType">The type.</param>
    /// <param name="reason">One clause that says what is wrong with the type, and what to use instead.</param>
    public UnsafePayloadTypeException(Type payloadType, string reason)
        : base($"'{payloadType}' is not safe to read from a document that may be hostile: {reason}")
    {
        PayloadType = payloadType;
        Reason = reason;
    }

    /// <summary>The type.</summary>
    public Type PayloadType { get; }

    /// <summary>The fault of the type, and what to use instead.</summary>
    public string Reason { get; }
}
