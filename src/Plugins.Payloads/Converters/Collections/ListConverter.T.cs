using System.Runtime.InteropServices;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Converts a list to and from an array; null is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class ListConverter<T> : PayloadConverter<List<T>>
{
    private readonly PayloadConverter<T> _element;

    /// <summary>Makes the converter of a collection from that of its elements.</summary>
    /// <param name="element">Converts each element.</param>
    public ListConverter(PayloadConverter<T> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _element = element;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, List<T> value)
    {
        List<T> elements = value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull);
        Elements.Write(ref writer, (ReadOnlySpan<T>)CollectionsMarshal.AsSpan(elements), _element);
    }

    /// <inheritdoc/>
    public override List<T> Read(ref MessagePackReader reader) => Elements.ReadList(ref reader, _element);
}
