using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="ulong"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class UInt64Converter : PayloadConverter<ulong>
{
    private UInt64Converter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static UInt64Converter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, ulong value) => writer.WriteUInt64(value);

    /// <inheritdoc/>
    public override ulong Read(ref MessagePackReader reader) => reader.ReadUInt64();
}
