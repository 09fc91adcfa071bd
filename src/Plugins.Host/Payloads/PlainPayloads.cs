using System.ComponentModel;

namespace Plugins.Host.Payloads;

/// <summary>Text and bytes as they are, in the form of payload formats; only for generated code.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PlainPayloads
{
    /// <summary>Strings as UTF-8.</summary>
    public static IPayloadFormat Text { get; } = new TextPayloadFormat();

    /// <summary>Arrays and memory of bytes.</summary>
    public static IPayloadFormat Bytes { get; } = new BytesPayloadFormat();
}
