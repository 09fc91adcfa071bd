using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts a URI, absolute or relative, to and from the text it was made of; null is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class UriConverter : PayloadConverter<Uri>
{
    private UriConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static UriConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, Uri value) =>
        writer.WriteString((value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull)).OriginalString);

    /// <inheritdoc/>
    public override Uri Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        return Uri.TryCreate(reader.ReadString(), UriKind.RelativeOrAbsolute, out Uri? value)
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}
