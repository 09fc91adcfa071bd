using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="byte"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class ByteConverter : PayloadConverter<byte>
{
    private ByteConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static ByteConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, byte value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public override byte Read(ref MessagePackReader reader) => reader.ReadByte();
}
