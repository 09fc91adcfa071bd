namespace Plugins.Host.Payloads.Hashing;

/// <summary>Compares values of a type that has a hash code of its own, and stops when too many collide.</summary>
/// <remarks>Hash codes are mixed with the process's seed, so that different ones collide by chance only.</remarks>
internal sealed class CountingComparer<T> : IEqualityComparer<T>
{
    private CollisionBudget? _budget;

    public CountingComparer(CollisionBudget? budget) => _budget = budget;

    public bool Equals(T? x, T? y)
    {
        _budget?.Charge();
        return EqualityComparer<T>.Default.Equals(x, y);
    }

    public int GetHashCode(T obj) => HashCode.Combine(obj);

    /// <summary>The collection is read, and the application's now.</summary>
    public void Release() => _budget = null;
}
