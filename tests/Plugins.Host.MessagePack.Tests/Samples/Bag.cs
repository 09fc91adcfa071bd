using System.Collections;

namespace Plugins.Host.MessagePack.Tests.Samples;

/// <summary>A collection of the application's own, which could take any time for each element.</summary>
public sealed class Bag : ICollection<int>
{
    private readonly List<int> _items = [];

    [field: ThreadStatic]
    internal static int LastCount { get; private set; }

    public int Count => _items.Count;

    public bool IsReadOnly => false;

    public void Add(int item)
    {
        _items.Add(item);
        LastCount = _items.Count;
    }

    public void Clear() => _items.Clear();

    public bool Contains(int item) => _items.Contains(item);

    public void CopyTo(int[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public bool Remove(int item) => _items.Remove(item);

    public IEnumerator<int> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
