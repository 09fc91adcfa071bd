using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="ushort"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class UInt16Converter : PayloadConverter<ushort>
{
    private UInt16Converter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static UInt16Converter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, ushort value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public override ushort Read(ref MessagePackReader reader) => reader.ReadUInt16();
}
