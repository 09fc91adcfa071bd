using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts text; null is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class StringConverter : PayloadConverter<string>
{
    private StringConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static StringConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, string value) =>
        writer.WriteString(value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull));

    /// <inheritdoc/>
    public override string Read(ref MessagePackReader reader) => reader.ReadString();
}
