namespace Plugins.Payloads;

/// <summary>How payloads are written.</summary>
public enum PayloadFormat
{
    /// <summary>JSON in UTF-8, RFC 8259.</summary>
    Json,

    /// <summary>MessagePack, in the conventions of this package.</summary>
    MessagePack,
}
