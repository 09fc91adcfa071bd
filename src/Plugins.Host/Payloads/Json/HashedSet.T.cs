using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Payloads.Json;

/// <summary>Sets.</summary>
internal sealed class HashedSet<T>(Type definition) : HashedCollection(definition)
{
    public override bool IsAtRisk => typeof(T) != typeof(string);

    public override Func<object>? Creator =>
        Definition == typeof(HashSet<>) || Definition == typeof(ISet<>) ? Create : null;

    private static IEqualityComparer<T>? Comparer => PayloadComparer.ForDocument<T>();

    public override JsonTypeInfo? Convert(JsonSerializerOptions options) => Definition switch
    {
        var type when type == typeof(ImmutableHashSet<>) =>
            Convert(options, set => ImmutableHashSet.CreateRange(set.Comparer, set)),
        var type when type == typeof(IImmutableSet<>) =>
            Convert<IImmutableSet<T>>(options, set => ImmutableHashSet.CreateRange(set.Comparer, set)),
        _ => null,
    };

    public override bool HasDefaultComparer(object collection) =>
        collection is HashSet<T> set && set.Comparer == EqualityComparer<T>.Default;

    public override object? Copy(object collection) => collection.GetType() == typeof(HashSet<T>)
        ? new HashSet<T>((HashSet<T>)collection, Comparer)
        : null;

    private static HashSet<T> Create() => new(Comparer);

    private static JsonTypeInfo<TCollection> Convert<TCollection>(
        JsonSerializerOptions options, Func<HashSet<T>, TCollection> convert)
    {
        JsonTypeInfo<HashSet<T>> set = JsonMetadataServices.CreateISetInfo<HashSet<T>, T>(
            options, new JsonCollectionInfoValues<HashSet<T>> { ObjectCreator = Create });
        return JsonMetadataServices.CreateValueInfo<TCollection>(
            options, new CollectedConverter<HashSet<T>, TCollection>(set, convert));
    }
}
