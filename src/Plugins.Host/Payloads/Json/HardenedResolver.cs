using System.Collections;
using System.Collections.Specialized;
using System.Dynamic;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Payloads.Json;

/// <summary>Gives the types of an application, and sees that no document can make their collections slow.</summary>
internal sealed class HardenedResolver(IJsonTypeInfoResolver inner) : IJsonTypeInfoResolver
{
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        JsonTypeInfo? info = inner.GetTypeInfo(type, options);
        if (info is null || info.IsReadOnly)
        {
            return info;
        }

        if (info.Kind is JsonTypeInfoKind.Dictionary or JsonTypeInfoKind.Enumerable)
        {
            RefuseLinear(type);
            return HashedCollection.Of(type, out bool isDerived) is { IsAtRisk: true } hashed
                ? Harden(info, hashed, isDerived)
                : info;
        }

        if (info.Kind == JsonTypeInfoKind.Object)
        {
            HardenProperties(info);
        }

        return info;
    }

    private static JsonTypeInfo Harden(JsonTypeInfo info, HashedCollection hashed, bool isDerived)
    {
        if (isDerived)
        {
            RequireComparer(info, hashed);
            return info;
        }

        if (hashed.Convert(info.Options) is { } converted)
        {
            return converted;
        }

        if (info.CreateObject is not null && hashed.Creator is { } create)
        {
            info.CreateObject = create;
        }

        return info;
    }

    // A class of the application's own decides how it hashes; one is made to see whether it has.
    private static void RequireComparer(JsonTypeInfo info, HashedCollection hashed)
    {
        if (info.CreateObject?.Invoke() is { } sample && hashed.HasDefaultComparer(sample))
        {
            throw new UnsafePayloadTypeException(
                info.Type,
                "its keys can be chosen to make it slow; derive from a dictionary or set that gets "
                + $"{nameof(PayloadComparer)}.{nameof(PayloadComparer.For)} for its comparer.");
        }
    }

    /// <summary>Refuses collections that look through all they hold, or move it, for each new key.</summary>
    private static void RefuseLinear(Type type)
    {
        if (type == typeof(ExpandoObject)
            || type.IsAssignableTo(typeof(SortedList))
            || type.IsAssignableTo(typeof(ListDictionary)))
        {
            throw new UnsafePayloadTypeException(
                type, "each key takes time in proportion to all before it; use Dictionary or JsonObject.");
        }
    }

    private static void HardenProperties(JsonTypeInfo info)
    {
        foreach (JsonPropertyInfo property in info.Properties)
        {
            JsonObjectCreationHandling handling = property.ObjectCreationHandling
                ?? info.PreferredPropertyObjectCreationHandling
                ?? info.Options.PreferredObjectCreationHandling;
            if (handling == JsonObjectCreationHandling.Populate
                && property.Get is { } get
                && HashedCollection.Of(property.PropertyType, out _) is { IsAtRisk: true } hashed)
            {
                Action<object, object?>? set = property.Set;
                property.Get = owner => Replace(owner, get(owner), set, hashed);
            }
        }
    }

    /// <summary>What a property holds to be filled, or a safe copy of that, which the property then holds.</summary>
    private static object? Replace(
        object owner, object? collection, Action<object, object?>? set, HashedCollection hashed)
    {
        if (collection is null || !hashed.HasDefaultComparer(collection))
        {
            return collection;
        }

        if (set is null || hashed.Copy(collection) is not { } copy)
        {
            throw new UnsafePayloadTypeException(
                collection.GetType(),
                "its keys can be chosen to make it slow; a property that is filled needs a setter, or a collection "
                + $"with {nameof(PayloadComparer)}.{nameof(PayloadComparer.For)} for its comparer.");
        }

        set(owner, copy);
        return copy;
    }
}
