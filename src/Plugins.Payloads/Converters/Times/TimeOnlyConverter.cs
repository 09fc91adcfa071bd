using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Times;

/// <summary>Converts a <see cref="TimeOnly"/> to and from the text that JSON has: hh:mm:ss[.fffffff].</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class TimeOnlyConverter : PayloadConverter<TimeOnly>
{
    private TimeOnlyConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static TimeOnlyConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, TimeOnly value)
    {
        Span<byte> text = stackalloc byte[TimeText.Longest];
        writer.WriteString(text[..TimeText.Write(text, value.ToTimeSpan())]);
    }

    /// <inheritdoc/>
    public override TimeOnly Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        return TimeText.TryRead(reader.ReadStringSpan(), out TimeSpan value)
            && value.Ticks is >= 0 and < TimeSpan.TicksPerDay
            ? TimeOnly.FromTimeSpan(value)
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }
}
