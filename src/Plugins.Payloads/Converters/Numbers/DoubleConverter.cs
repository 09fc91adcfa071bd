using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Numbers;

/// <summary>Converts <see cref="double"/> to and from a number.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class DoubleConverter : PayloadConverter<double>
{
    private DoubleConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static DoubleConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, double value) => writer.WriteDouble(value);

    /// <inheritdoc/>
    public override double Read(ref MessagePackReader reader) => reader.ReadDouble();
}
