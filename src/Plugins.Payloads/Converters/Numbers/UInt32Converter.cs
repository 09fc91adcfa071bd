using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="uint"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class UInt32Converter : PayloadConverter<uint>
{
    private UInt32Converter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static UInt32Converter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, uint value) => writer.WriteUInt64(value);

    /// <inheritdoc/>
    public override uint Read(ref MessagePackReader reader) => reader.ReadUInt32();
}
