using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="long"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class Int64Converter : PayloadConverter<long>
{
    private Int64Converter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static Int64Converter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, long value) => writer.WriteInt64(value);

    /// <inheritdoc/>
    public override long Read(ref MessagePackReader reader) => reader.ReadInt64();
}
