using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Payloads.Json;

/// <summary>Dictionaries, and collections whose items have keys.</summary>
internal sealed class HashedMap<TKey, TValue>(Type definition) : HashedCollection(definition)
    where TKey : notnull
{
    public override bool IsAtRisk => typeof(TKey) != typeof(string) || Definition == typeof(SortedList<,>);

    public override Func<object>? Creator => Definition switch
    {
        var type when type == typeof(Dictionary<,>) || type == typeof(IDictionary<,>) => Create,
        var type when type == typeof(ConcurrentDictionary<,>) => () => new ConcurrentDictionary<TKey, TValue>(Comparer),
        var type when type == typeof(OrderedDictionary<,>) => () => new OrderedDictionary<TKey, TValue>(Comparer),
        _ => null,
    };

    private static IEqualityComparer<TKey>? Comparer => PayloadComparer.ForDocument<TKey>();

    public override JsonTypeInfo? Convert(JsonSerializerOptions options) => Definition switch
    {
        var type when type == typeof(IReadOnlyDictionary<,>) =>
            Convert<IReadOnlyDictionary<TKey, TValue>>(options, map => map),
        var type when type == typeof(ImmutableDictionary<,>) =>
            Convert(options, map => ImmutableDictionary.CreateRange(map.Comparer, map)),
        var type when type == typeof(IImmutableDictionary<,>) =>
            Convert<IImmutableDictionary<TKey, TValue>>(
                options, map => ImmutableDictionary.CreateRange(map.Comparer, map)),
        var type when type == typeof(ImmutableSortedDictionary<,>) =>
            Convert(options, map => ImmutableSortedDictionary.CreateRange(map)),
        var type when type == typeof(SortedList<,>) =>
            Convert(options, map => new SortedList<TKey, TValue>(map)),
        _ => null,
    };

    public override bool HasDefaultComparer(object collection) => collection switch
    {
        Dictionary<TKey, TValue> map => IsDefault(map.Comparer),
        ConcurrentDictionary<TKey, TValue> map => IsDefault(map.Comparer),
        OrderedDictionary<TKey, TValue> map => IsDefault(map.Comparer),
        KeyedCollection<TKey, TValue> items => IsDefault(items.Comparer),
        SortedList<TKey, TValue> => true,
        _ => false,
    };

    public override object? Copy(object collection) => collection.GetType() == typeof(Dictionary<TKey, TValue>)
        ? new Dictionary<TKey, TValue>((Dictionary<TKey, TValue>)collection, Comparer)
        : null;

    private static Dictionary<TKey, TValue> Create() => new(Comparer);

    private static bool IsDefault(IEqualityComparer<TKey> comparer) => comparer == EqualityComparer<TKey>.Default;

    private static JsonTypeInfo<TCollection> Convert<TCollection>(
        JsonSerializerOptions options, Func<Dictionary<TKey, TValue>, TCollection> convert)
    {
        JsonTypeInfo<Dictionary<TKey, TValue>> map =
            JsonMetadataServices.CreateDictionaryInfo<Dictionary<TKey, TValue>, TKey, TValue>(
                options, new JsonCollectionInfoValues<Dictionary<TKey, TValue>> { ObjectCreator = Create });
        return JsonMetadataServices.CreateValueInfo<TCollection>(
            options, new CollectedConverter<Dictionary<TKey, TValue>, TCollection>(map, convert));
    }
}
