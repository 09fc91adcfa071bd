using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Times;

/// <summary>Converts a <see cref="TimeSpan"/> to and from the text that JSON has: [-][d.]hh:mm:ss[.fffffff].</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class TimeSpanConverter : PayloadConverter<TimeSpan>
{
    private TimeSpanConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static TimeSpanConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, TimeSpan value)
    {
        Span<byte> text = stackalloc byte[TimeText.Longest];
        writer.WriteString(text[..TimeText.Write(text, value)]);
    }

    /// <inheritdoc/>
    public override TimeSpan Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        return TimeText.TryRead(reader.ReadStringSpan(), out TimeSpan value)
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}
