using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Times;

/// <summary>Converts a <see cref="DateTimeOffset"/> to and from [timestamp, offset in minutes].</summary>
/// <remarks>Safe for use by many threads. A timestamp alone is read with the offset 0.</remarks>
public sealed class DateTimeOffsetConverter : PayloadConverter<DateTimeOffset>
{
    private const int Length = 2;
    private const int LargestOffsetMinutes = 14 * 60;

    private DateTimeOffsetConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static DateTimeOffsetConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        writer.WriteArrayHeader(Length);
        writer.WriteTimestamp(MessagePackTimestamp.FromUtcTicks(value.UtcTicks));
        writer.WriteInt32(value.TotalOffsetMinutes);
        writer.EndContainer();
    }

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        if (reader.NextType == MessagePackType.Extension)
        {
            return new DateTimeOffset(DateTimeConverter.Instance.Read(ref reader));
        }

        reader.ReadArrayHeader(Length);
        MessagePackTimestamp instant = reader.ReadTimestamp();
        int minutes = reader.ReadInt32();
        reader.EndContainer();
        return instant.TryGetUtcTicks(out long utcTicks) && TryCreate(utcTicks, minutes, out DateTimeOffset value)
            ? value
            : throw reader.Refuse(MessagePackProblem.OutOfRange, start);
    }

    private static bool TryCreate(long utcTicks, int offsetMinutes, out DateTimeOffset value)
    {
        value = default;
        if (offsetMinutes is < -LargestOffsetMinutes or > LargestOffsetMinutes)
        {
            return false;
        }

        long localTicks = utcTicks + (offsetMinutes * TimeSpan.TicksPerMinute);
        if (localTicks < DateTime.MinValue.Ticks || localTicks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(localTicks, TimeSpan.FromMinutes(offsetMinutes));
        return true;
    }
}
