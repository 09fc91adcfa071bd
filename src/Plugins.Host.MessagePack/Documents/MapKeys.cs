using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Plugins.Host.MessagePack.Documents;

/// <summary>The string keys of the maps that are open, each of which may be there once.</summary>
/// <remarks>
/// Keys of a small map are compared with one another at once; those of a large one are put into a hash table when it
/// ends. Both are linear: the hash codes are the runtime's for text, which nobody can choose to collide.
/// </remarks>
internal ref struct MapKeys
{
    private const int Few = 8;
    private const int FirstLength = 64;
    private const uint Spread = 0x9E37_79B1;

    private readonly ReadOnlySpan<byte> _document;
    private MapKey[] _keys = [];

    public MapKeys(ReadOnlySpan<byte> document) => _document = document;

    /// <summary>The number of all keys; it marks where those of a map begin.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a key to the innermost map.</summary>
    /// <param name="mark">The count when the map began.</param>
    /// <param name="key">The key.</param>
    /// <returns>False when the map is small and has the key.</returns>
    public bool Add(int mark, in MapKey key)
    {
        if (Count - mark < Few)
        {
            for (int i = mark; i < Count; i++)
            {
                if (AreEqual(_keys[i], key))
                {
                    return false;
                }
            }
        }

        if (Count == _keys.Length)
        {
            Grow();
        }

        _keys[Count++] = key;
        return true;
    }

    /// <summary>Ends the innermost map.</summary>
    /// <param name="mark">The count when the map began.</param>
    /// <returns>A key that the map has before it, or null.</returns>
    public MapKey? End(int mark)
    {
        int count = Count - mark;
        Count = mark;
        return count <= Few ? null : FindDuplicate(_keys.AsSpan(mark, count));
    }

    public void Dispose()
    {
        if (_keys.Length > 0)
        {
            ArrayPool<MapKey>.Shared.Return(_keys);
            _keys = [];
        }
    }

    private readonly MapKey? FindDuplicate(ReadOnlySpan<MapKey> keys)
    {
        // At most half full, so that a key's place is soon found.
        int slots = (int)BitOperations.RoundUpToPowerOf2(2 * (uint)keys.Length);
        int[] table = ArrayPool<int>.Shared.Rent(slots);
        table.AsSpan(0, slots).Clear();
        try
        {
            for (int i = 0; i < keys.Length; i++)
            {
                int slot = HashOf(keys[i]) & (slots - 1);
                for (; table[slot] != 0; slot = (slot + 1) & (slots - 1))
                {
                    if (AreEqual(keys[table[slot] - 1], keys[i]))
                    {
                        return keys[i];
                    }
                }

                table[slot] = i + 1;
            }

            return null;
        }
        finally
        {
            ArrayPool<int>.Shared.Return(table);
        }
    }

    private readonly bool AreEqual(in MapKey one, in MapKey other) =>
        one.Length == other.Length && one.In(_document).SequenceEqual(other.In(_document));

    // The runtime hashes pairs of bytes as characters, by a key that each process draws anew.
    private readonly int HashOf(in MapKey key)
    {
        ReadOnlySpan<byte> text = key.In(_document);
        uint last = (text.Length & 1) == 0 ? 0 : text[^1] + 1u;
        ReadOnlySpan<char> pairs = MemoryMarshal.Cast<byte, char>(text);
        return string.GetHashCode(pairs, StringComparison.Ordinal) + (int)(last * Spread);
    }

    private void Grow()
    {
        MapKey[] larger = ArrayPool<MapKey>.Shared.Rent(Math.Max(FirstLength, 2 * _keys.Length));
        _keys.AsSpan(0, Count).CopyTo(larger);
        Dispose();
        _keys = larger;
    }
}
