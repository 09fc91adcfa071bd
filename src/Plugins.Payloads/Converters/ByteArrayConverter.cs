using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts an array of bytes to and from binary; null is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class ByteArrayConverter : PayloadConverter<byte[]>
{
    private ByteArrayConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static ByteArrayConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, byte[] value) =>
        writer.WriteBinary(value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull));

    /// <inheritdoc/>
    public override byte[] Read(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}
