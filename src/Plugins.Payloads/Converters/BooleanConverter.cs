using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts <see cref="bool"/>.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class BooleanConverter : PayloadConverter<bool>
{
    private BooleanConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static BooleanConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    /// <inheritdoc/>
    public override bool Read(ref MessagePackReader reader) => reader.ReadBoolean();
}
