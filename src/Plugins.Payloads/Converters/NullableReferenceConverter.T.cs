using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts null to and from nil, and objects as another converter does.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class NullableReferenceConverter<T> : PayloadConverter<T?>
    where T : class
{
    private readonly PayloadConverter<T> _value;

    /// <summary>Adds nil to a converter.</summary>
    /// <param name="value">Converts what is not null.</param>
    public NullableReferenceConverter(PayloadConverter<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            _value.Write(ref writer, value);
        }
    }

    /// <inheritdoc/>
    public override T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : _value.Read(ref reader);
}
