using System.Buffers.Text;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts a GUID to and from its text of 36 characters.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class GuidConverter : PayloadConverter<Guid>
{
    private const int TextLength = 36;

    private GuidConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static GuidConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, Guid value)
    {
        Span<byte> text = stackalloc byte[TextLength];
        value.TryFormat(text, out _);
        writer.WriteString(text);
    }

    /// <inheritdoc/>
    public override Guid Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        return Utf8Parser.TryParse(text, out Guid value, out int length, 'D') && length == text.Length
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}
