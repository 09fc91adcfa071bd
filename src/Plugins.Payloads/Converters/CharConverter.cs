using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts <see cref="char"/> to and from a string of this one character.</summary>
/// <remarks>Safe for use by many threads. As in JSON, half a surrogate pair cannot be written.</remarks>
public sealed class CharConverter : PayloadConverter<char>
{
    private CharConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static CharConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, char value) => writer.WriteString([value]);

    /// <inheritdoc/>
    public override char Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        string text = reader.ReadString();
        return text.Length == 1 ? text[0] : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}
