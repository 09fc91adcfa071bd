using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Converts an array; null is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class ArrayConverter<T> : PayloadConverter<T[]>
{
    private readonly PayloadConverter<T> _element;

    /// <summary>Makes the converter of a collection from that of its elements.</summary>
    /// <param name="element">Converts each element.</param>
    public ArrayConverter(PayloadConverter<T> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _element = element;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, T[] value)
    {
        T[] elements = value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull);
        Elements.Write(ref writer, (ReadOnlySpan<T>)elements, _element);
    }

    /// <inheritdoc/>
    public override T[] Read(ref MessagePackReader reader) => Elements.ReadArray(ref reader, _element);
}
