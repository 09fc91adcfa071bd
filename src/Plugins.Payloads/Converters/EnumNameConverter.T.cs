using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts an enumeration to and from the names of its values.</summary>
/// <remarks>
/// Safe for use by many threads. As with JSON's converter, a value without a name is written as its number, numbers are
/// read, and names of flags are separated by commas. Names are compared exactly.
/// </remarks>
public sealed class EnumNameConverter<T> : PayloadConverter<T>
    where T : struct, Enum
{
    private readonly (byte[] Name, T Value)[] _names;
    private readonly FrozenDictionary<T, byte[]> _encoded;
    private readonly EnumNumberConverter<T> _number = new();
    private readonly bool _isFlags;

    /// <summary>Takes the names; the first of those that have one value is the one that is written.</summary>
    /// <param name="names">Each name, in the spelling of the payload, with its value.</param>
    /// <param name="isFlags">Whether values are sets of flags.</param>
    /// <exception cref="ArgumentException">A name comes twice.</exception>
    public EnumNameConverter(IEnumerable<KeyValuePair<string, T>> names, bool isFlags = false)
    {
        ArgumentNullException.ThrowIfNull(names);
        KeyValuePair<string, T>[] all = [.. names];
        if (all.DistinctBy(name => name.Key, StringComparer.Ordinal).Count() != all.Length)
        {
            throw new ArgumentException("A name comes twice.", nameof(names));
        }

        _names = [.. all.Select(name => (Encoding.UTF8.GetBytes(name.Key), name.Value))];
        _encoded = all.DistinctBy(name => name.Value)
            .ToFrozenDictionary(
                name => name.Value,
                name => MessagePackSerializer.Serialize(name.Key, StringConverter.Instance));
        _isFlags = isFlags;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, T value)
    {
        if (_encoded.TryGetValue(value, out byte[]? encoded))
        {
            writer.WriteEncoded(encoded);
        }
        else if (_isFlags && TryJoin(value, out string text))
        {
            writer.WriteString(text);
        }
        else
        {
            _number.Write(ref writer, value);
        }
    }

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader)
    {
        if (reader.NextType == MessagePackType.Integer)
        {
            return _number.Read(ref reader);
        }

        int start = reader.Position;
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        return TryFind(text, out T value) || (_isFlags && TrySplit(text, out value))
            ? value
            : throw reader.Refuse(MessagePackProblem.InvalidText, start);
    }

    private bool TryFind(ReadOnlySpan<byte> text, out T value)
    {
        foreach ((byte[] name, T candidate) in _names)
        {
            if (text.SequenceEqual(name))
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Reads names between commas, at most as many as there are, so that repetition costs nothing.</summary>
    private bool TrySplit(ReadOnlySpan<byte> text, out T value)
    {
        ulong bits = 0;
        value = default;
        int left = _names.Length;
        foreach (Range part in text.Split((byte)','))
        {
            if (left-- == 0 || !TryFind(text[part].Trim((byte)' '), out T flag))
            {
                return false;
            }

            bits |= EnumBits.Of(flag);
        }

        value = EnumBits.To<T>(bits);
        return true;
    }

    /// <summary>Joins names, those of most bits first, which together have exactly the value's bits.</summary>
    private bool TryJoin(T value, out string text)
    {
        ulong left = EnumBits.Of(value);
        var names = new List<string>();
        foreach ((byte[] name, T flag) in _names.OrderByDescending(name => EnumBits.Count(name.Value)))
        {
            ulong bits = EnumBits.Of(flag);
            if (bits != 0 && (left & bits) == bits)
            {
                left &= ~bits;
                names.Add(Encoding.UTF8.GetString(name));
            }
        }

        text = string.Join(", ", names);
        return left == 0;
    }
}
