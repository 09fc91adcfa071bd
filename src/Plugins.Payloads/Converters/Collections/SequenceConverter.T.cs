using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Converts an interface that a list has, such as IReadOnlyList; null is refused.</summary>
/// <typeparam name="TSequence">The interface.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>Safe for use by many threads. What is read is a <see cref="List{T}"/>.</remarks>
public sealed class SequenceConverter<TSequence, T> : PayloadConverter<TSequence>
    where TSequence : class, IEnumerable<T>
{
    private readonly PayloadConverter<T> _element;

    /// <summary>Makes the converter of a collection from that of its elements.</summary>
    /// <param name="element">Converts each element.</param>
    /// <exception cref="InvalidCastException">A list does not have this interface.</exception>
    public SequenceConverter(PayloadConverter<T> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _ = (TSequence)(object)new List<T>();
        _element = element;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, TSequence value)
    {
        IEnumerable<T> elements = value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull);
        Elements.Write(ref writer, elements, _element);
    }

    /// <inheritdoc/>
    public override TSequence Read(ref MessagePackReader reader) =>
        (TSequence)(object)Elements.ReadList(ref reader, _element);
}
