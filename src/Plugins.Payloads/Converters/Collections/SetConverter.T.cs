using Plugins.Payloads.Hashing;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Converts a hash set, or an interface that it has, to and from an array; null is refused.</summary>
/// <typeparam name="TSet">The hash set or the interface.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <remarks>
/// Safe for use by many threads. What is read is a <see cref="HashSet{T}"/>; as in JSON, an element may come twice.
/// </remarks>
public sealed class SetConverter<TSet, T> : PayloadConverter<TSet>
    where TSet : class, IEnumerable<T>
{
    private readonly PayloadConverter<T> _element;

    /// <summary>Makes the converter of a set from that of its elements.</summary>
    /// <param name="element">Converts each element.</param>
    /// <exception cref="InvalidCastException">A hash set does not have this interface.</exception>
    public SetConverter(PayloadConverter<T> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _ = (TSet)(object)new HashSet<T>();
        _element = element;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, TSet value)
    {
        IEnumerable<T> elements = value ?? throw writer.Refuse(MessagePackProblem.UnexpectedNull);
        Elements.Write(ref writer, elements, _element);
    }

    /// <inheritdoc/>
    public override TSet Read(ref MessagePackReader reader)
    {
        int length = reader.ReadArrayHeader();
        IEqualityComparer<T>? comparer = reader.ComparerFor<T>();
        var elements = new HashSet<T>(comparer);
        try
        {
            Fill(ref reader, elements, length);
        }
        catch (CollidingKeysException)
        {
            throw reader.Refuse(MessagePackProblem.CollidingKeys, reader.Position);
        }

        reader.EndContainer();
        (comparer as CountingComparer<T>)?.Release();
        return (TSet)(object)elements;
    }

    private void Fill(ref MessagePackReader reader, HashSet<T> elements, int length)
    {
        for (; length > 0; length--)
        {
            reader.Reserve(Elements.HashedSize<T>());
            elements.Add(_element.Read(ref reader));
        }
    }
}
