using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="sbyte"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class SByteConverter : PayloadConverter<sbyte>
{
    private SByteConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static SByteConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, sbyte value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public override sbyte Read(ref MessagePackReader reader) => reader.ReadSByte();
}
