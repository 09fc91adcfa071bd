using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts memory to and from binary.</summary>
/// <remarks>Safe for use by many threads. What is read is a copy of the document's bytes.</remarks>
public sealed class ByteMemoryConverter : PayloadConverter<ReadOnlyMemory<byte>>
{
    private ByteMemoryConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static ByteMemoryConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) =>
        writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary().ToArray();
}
