using Plugins.Host.Payloads.Hashing;

namespace Plugins.Host.Payloads;

/// <summary>Comparers for hash tables whose keys are untrusted and might be chosen to collide.</summary>
/// <remarks>
/// Safe for use by many threads. Collections of the application's own pass one to the class they derive from, as in
/// <c>class Stock() : Dictionary&lt;long, int&gt;(PayloadComparer.For&lt;long&gt;())</c>.
/// </remarks>
public static class PayloadComparer
{
    /// <summary>A comparer with default equality and hash codes seeded per process.</summary>
    /// <typeparam name="T">The type of the keys.</typeparam>
    /// <remarks>
    /// Keys that are numbers, enumerations, times, GUIDs, versions or strings collide only by chance. Of other types,
    /// those collide whose own hash codes are equal.
    /// </remarks>
    public static IEqualityComparer<T> For<T>() => typeof(T) == typeof(string)
        ? EqualityComparer<T>.Default
        : SeededComparer<T>.OrDefault ?? new CountingComparer<T>(null);

    /// <summary>For a collection of the document that this thread reads; null for the default one.</summary>
    internal static IEqualityComparer<T>? ForDocument<T>() => typeof(T) == typeof(string)
        ? null
        : SeededComparer<T>.OrDefault ?? new CountingComparer<T>(CollisionBudget.Current);
}
