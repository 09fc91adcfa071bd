using System.Globalization;
using System.Text;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Times;

/// <summary>Converts a <see cref="DateOnly"/> to and from the text that JSON has: yyyy-MM-dd.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class DateOnlyConverter : PayloadConverter<DateOnly>
{
    private const int TextLength = 10;

    private DateOnlyConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static DateOnlyConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, DateOnly value)
    {
        Span<byte> text = stackalloc byte[TextLength];
        value.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        writer.WriteString(text);
    }

    /// <inheritdoc/>
    public override DateOnly Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        Span<char> text = stackalloc char[TextLength];
        return Encoding.UTF8.TryGetChars(reader.ReadStringSpan(), text, out int length)
            && DateOnly.TryParseExact(text[..length], "O", out DateOnly value)
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}
