using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="int"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class Int32Converter : PayloadConverter<int>
{
    private Int32Converter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static Int32Converter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, int value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public override int Read(ref MessagePackReader reader) => reader.ReadInt32();
}
