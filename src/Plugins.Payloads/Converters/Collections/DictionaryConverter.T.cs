using Plugins.Payloads.Hashing;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters.Collections;

/// <summary>Converts a dictionary, or an interface that it has, to and from a map; null is refused.</summary>
/// <typeparam name="TDictionary">The dictionary or the interface.</typeparam>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <remarks>
/// Safe for use by many threads. What is read is a <see cref="Dictionary{TKey, TValue}"/>; a key that comes twice is
/// refused.
/// </remarks>
public sealed class DictionaryConverter<TDictionary, TKey, TValue> : PayloadConverter<TDictionary>
    where TDictionary : class, IEnumerable<KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    private readonly PayloadConverter<TKey> _key;
    private readonly PayloadConverter<TValue> _value;

    /// <summary>Makes the converter of a dictionary from those of its keys and values.</summary>
    /// <param name="key">Converts each key.</param>
    /// <param name="value">Converts each value.</param>
    /// <exception cref="InvalidCastException">A dictionary does not have this interface.</exception>
    public DictionaryConverter(PayloadConverter<TKey> key, PayloadConverter<TValue> value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        _ = (TDictionary)(object)new Dictionary<TKey, TValue>();
        _key = key;
        _value = value;
    }

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, TDictionary value)
    {
        switch (value)
        {
            case null:
                throw writer.Refuse(MessagePackProblem.UnexpectedNull);
            case Dictionary<TKey, TValue> dictionary:
                Write(ref writer, dictionary);
                break;
            default:
                Write(ref writer, new Dictionary<TKey, TValue>(value));
                break;
        }
    }

    /// <inheritdoc/>
    public override TDictionary Read(ref MessagePackReader reader)
    {
        int count = reader.ReadMapHeader();
        IEqualityComparer<TKey>? comparer = reader.ComparerFor<TKey>();
        var entries = new Dictionary<TKey, TValue>(comparer);
        try
        {
            Fill(ref reader, entries, count);
        }
        catch (CollidingKeysException)
        {
            throw reader.Refuse(MessagePackProblem.CollidingKeys, reader.Position);
        }

        reader.EndContainer();
        (comparer as CountingComparer<TKey>)?.Release();
        return (TDictionary)(object)entries;
    }

    private void Fill(ref MessagePackReader reader, Dictionary<TKey, TValue> entries, int count)
    {
        for (; count > 0; count--)
        {
            reader.Reserve(Elements.HashedSize<KeyValuePair<TKey, TValue>>());
            int start = reader.Position;
            TKey key = _key.Read(ref reader);
            if (entries.ContainsKey(key))
            {
                throw reader.Refuse(MessagePackProblem.DuplicateKey, start);
            }

            entries.Add(key, _value.Read(ref reader));
        }
    }

    private void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue> entries)
    {
        writer.WriteMapHeader(entries.Count);
        foreach ((TKey key, TValue value) in entries)
        {
            _key.Write(ref writer, key);
            _value.Write(ref writer, value);
        }

        writer.EndContainer();
    }
}
