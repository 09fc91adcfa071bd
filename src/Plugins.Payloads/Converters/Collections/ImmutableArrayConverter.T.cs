using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Converts an immutable array; the default one, which is none, is refused.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class ImmutableArrayConverter<T> : PayloadConverter<ImmutableArray<T>>
{
    private readonly PayloadConverter<T> _element;

    /// <summary>Makes the converter of a collection from that of its elements.</summary>
    /// <param name="element">Converts each element.</param>
    public ImmutableArrayConverter(PayloadConverter<T> element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _element = element;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, ImmutableArray<T> value)
    {
        if (value.IsDefault)
        {
            throw writer.Refuse(MessagePackProblem.UnexpectedNull);
        }

        Elements.Write(ref writer, value.AsSpan(), _element);
    }

    /// <inheritdoc/>
    public override ImmutableArray<T> Read(ref MessagePackReader reader) =>
        ImmutableCollectionsMarshal.AsImmutableArray(Elements.ReadArray(ref reader, _element));
}
