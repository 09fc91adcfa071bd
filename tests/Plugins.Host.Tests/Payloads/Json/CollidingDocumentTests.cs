using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Tests.Payloads.Support;

namespace Plugins.Host.Tests.Payloads.Json;

/// <summary>Every collection that hashes, with every type of key, from documents made to collide.</summary>
internal sealed class CollidingDocumentTests
{
    private const int Keys = 2_000;

    private static readonly JsonSerializerOptions s_options = new()
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly Type[] s_maps =
    [
        typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(ConcurrentDictionary<,>),
        typeof(OrderedDictionary<,>), typeof(ImmutableDictionary<,>), typeof(IImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>),
    ];

    private static readonly Type[] s_sets =
    [
        typeof(HashSet<>), typeof(ISet<>), typeof(ImmutableHashSet<>), typeof(IImmutableSet<>),
        typeof(ImmutableSortedSet<>), typeof(SortedSet<>),
    ];

    private static IEnumerable<TestCaseData> Maps() =>
        from map in s_maps
        from key in CollidingKeys.Texts.Keys
        select new TestCaseData(map.MakeGenericType(key, typeof(int)), key).SetArgDisplayNames(map.Name, key.Name);

    private static IEnumerable<TestCaseData> Sets() =>
        from set in s_sets
        from element in CollidingKeys.Texts.Keys
        select new TestCaseData(set.MakeGenericType(element), element).SetArgDisplayNames(set.Name, element.Name);

    [TestCaseSource(nameof(Maps))]
    public void Map_OfKeysThatCollide_HasHashCodesThatDoNot(Type type, Type key)
    {
        var map = (IEnumerable)Read(type, CollidingKeys.Object(key, Keys));
        var keys = map.Cast<object>().Select(entry => entry.GetType().GetProperty("Key")!.GetValue(entry)!).ToList();
        AssertSpread(map, keys);
    }

    [TestCaseSource(nameof(Sets))]
    public void Set_OfElementsThatCollide_HasHashCodesThatDoNot(Type type, Type element)
    {
        var set = (IEnumerable)Read(type, CollidingKeys.Array(element, Keys));
        AssertSpread(set, [.. set.Cast<object>()]);
    }

    [Test]
    public void Keys_OfTheseTests_CollideByDefault([ValueSource(nameof(KeyTypes))] Type key)
    {
        var set = (IEnumerable)JsonSerializer.Deserialize(
            CollidingKeys.Array(key, 100), typeof(List<>).MakeGenericType(key), s_options)!;
        Assert.That(set.Cast<object>().Select(value => value.GetHashCode()).Distinct().Count(), Is.EqualTo(1));
    }

    private static Type[] KeyTypes() => [.. CollidingKeys.Texts.Keys];

    private static object Read(Type type, string json)
    {
        var read = ((Func<byte[], JsonTypeInfo<object>, object?>)Read<object>).Method.GetGenericMethodDefinition();
        return read.MakeGenericMethod(type).Invoke(null, [Encoding.UTF8.GetBytes(json), s_options.GetTypeInfo(type)])!;
    }

    private static object? Read<T>(byte[] json, JsonTypeInfo<T> type) => PayloadJson.Read(json, type);

    // Sorted collections have comparers that hash nothing.
    private static void AssertSpread(object collection, List<object> keys)
    {
        Assert.That(keys, Has.Count.EqualTo(Keys));
        var property = collection.GetType().GetProperty("KeyComparer") ?? collection.GetType().GetProperty("Comparer");
        var hash = property?.GetValue(collection)?.GetType().GetMethod("GetHashCode", [keys[0].GetType()]);
        if (!collection.GetType().Name.Contains("Sorted", StringComparison.Ordinal))
        {
            var comparer = property!.GetValue(collection);
            var codes = keys.Select(key => hash!.Invoke(comparer, [key])).Distinct();
            Assert.That(codes.Count(), Is.GreaterThan(Keys - 10));
        }
    }
}
