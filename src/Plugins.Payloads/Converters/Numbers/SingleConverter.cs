using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="float"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class SingleConverter : PayloadConverter<float>
{
    private SingleConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static SingleConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, float value) => writer.WriteSingle(value);

    /// <inheritdoc/>
    public override float Read(ref MessagePackReader reader) => reader.ReadSingle();
}
