using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="short"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class Int16Converter : PayloadConverter<short>
{
    private Int16Converter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static Int16Converter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, short value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public override short Read(ref MessagePackReader reader) => reader.ReadInt16();
}
