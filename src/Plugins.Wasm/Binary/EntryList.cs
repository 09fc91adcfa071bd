namespace Plugins.Wasm.Binary;

/// <summary>Entries in the order in which they were decoded.</summary>
/// <remarks>
/// Instead of a list where entries are structures: the methods of the base library's generic types over structures of
/// this assembly are never compiled ahead of time, and the first module of a process would wait for each of them.
/// </remarks>
internal sealed class EntryList<T>
{
    private T[] _entries = None;

    /// <summary>No entries.</summary>
#pragma warning disable CA1825, MA0005 // Array.Empty is one of those methods.
    public static T[] None { get; } = new T[0];
#pragma warning restore CA1825, MA0005

    public int Count { get; private set; }

    public ref T this[int index] => ref _entries[index];

    public void Add(T entry)
    {
        if (Count == _entries.Length)
        {
            T[] larger = new T[Math.Max(4, 2 * Count)];
            Array.Copy(_entries, larger, Count);
            _entries = larger;
        }

        _entries[Count++] = entry;
    }

    public T RemoveLast() => _entries[--Count];

    /// <summary>Forgets the entries, but not the memory for them.</summary>
    public void Clear() => Count = 0;

    public T[] ToArray()
    {
        if (Count == 0)
        {
            return None;
        }

        T[] entries = new T[Count];
        Array.Copy(_entries, entries, Count);
        return entries;
    }
}
