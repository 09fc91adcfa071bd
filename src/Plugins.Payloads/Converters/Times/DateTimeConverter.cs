using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Times;

/// <summary>Converts a <see cref="DateTime"/> that is UTC to and from a timestamp.</summary>
/// <remarks>
/// Safe for use by many threads.
/// Local and unspecified times are refused, since only the machine that wrote them knows what they mean.
/// Nanoseconds are rounded down to ticks of 100.
/// </remarks>
public sealed class DateTimeConverter : PayloadConverter<DateTime>
{
    private DateTimeConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static DateTimeConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, DateTime value)
    {
        if (value.Kind != DateTimeKind.Utc)
        {
            throw writer.Refuse(MessagePackProblem.NotUtc);
        }

        writer.WriteTimestamp(MessagePackTimestamp.FromUtcTicks(value.Ticks));
    }

    /// <inheritdoc/>
    public override DateTime Read(ref MessagePackReader reader)
    {
        int start = reader.Position;
        return reader.ReadTimestamp().TryGetUtcTicks(out long ticks)
            ? new DateTime(ticks, DateTimeKind.Utc)
            : throw reader.Refuse(MessagePackProblem.OutOfRange, start);
    }
}
