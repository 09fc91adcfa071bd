using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Dynamic;
using System.Reflection;
using MessagePack;
using MessagePack.Formatters;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>Types that MessagePack for C# reads, and that a hostile document must not be read into.</summary>
internal static class UnsafeTypes
{
    private static readonly MethodInfo s_getComparer =
        typeof(MessagePackSecurity).GetMethod(nameof(MessagePackSecurity.GetEqualityComparer), 1, [])!;

    // Interfaces of collections that hash what they hold, or their keys.
    private static readonly Type[] s_hashing =
    [
        typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(ISet<>), typeof(IReadOnlySet<>),
        typeof(IImmutableSet<>), typeof(ILookup<,>),
    ];

    private static readonly Type[] s_sorted =
    [
        typeof(SortedDictionary<,>), typeof(SortedSet<>), typeof(ImmutableSortedDictionary<,>),
        typeof(ImmutableSortedSet<>),
    ];

    /// <summary>Whether values of a type that is built in may hold values of any other, as untyped lists do.</summary>
    public static bool HoldsAnything<T>() =>
        typeof(T) == typeof(object)
        || (typeof(T).IsAssignableTo(typeof(IEnumerable)) && !typeof(T).IsArray && typeof(T) != typeof(string))
        || typeof(T) == typeof(object[]);

    /// <summary>Refuses a type, or a formatter that takes types from documents.</summary>
    /// <exception cref="UnsafePayloadTypeException">It is refused.</exception>
    public static void Refuse<T>(IMessagePackFormatter<T> formatter, MessagePackSecurity security)
    {
        if (formatter is TypelessFormatter or ForceTypelessFormatter<T> || typeof(T).IsAssignableTo(typeof(MemberInfo)))
        {
            throw new UnsafePayloadTypeException(typeof(T), "a document could name any type to load.");
        }

        if (typeof(T) == typeof(ExpandoObject)
            || HasDefinition(typeof(T), typeof(SortedList<,>))
            || IsOf(formatter, typeof(NonGenericDictionaryFormatter<>)))
        {
            throw new UnsafePayloadTypeException(
                typeof(T), "keys can be chosen to make it slow; use Dictionary or SortedDictionary.");
        }

        if (!IsSetItself(typeof(T)) && ElementOf(typeof(T)) is { } element && element != typeof(string))
        {
            throw new UnsafePayloadTypeException(
                typeof(T), "its elements can be chosen to make it slow; use HashSet or Dictionary.");
        }

        foreach (Type key in HashedBy(typeof(T)).Where(key => !HasComparer(key, security)))
        {
            throw new UnsafePayloadTypeException(
                typeof(T), $"'{key}' can be chosen to collide in hash tables; use text, numbers or a list.");
        }
    }

    private static IEnumerable<Type> HashedBy(Type type) =>
        type.IsGenericType && Array.IndexOf(s_sorted, type.GetGenericTypeDefinition()) >= 0
            ? []
            : type.GetInterfaces().Append(type)
                .Where(part => part.IsGenericType && Array.IndexOf(s_hashing, part.GetGenericTypeDefinition()) >= 0)
                .Select(part => part.GetGenericArguments()[0]);

    private static bool HasComparer(Type key, MessagePackSecurity security)
    {
        try
        {
            return s_getComparer.MakeGenericMethod(key)
                .Invoke(security, BindingFlags.DoNotWrapExceptions, null, null, null) is not null;
        }
        catch (TypeAccessException)
        {
            return false;
        }
    }

    private static bool IsSetItself(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(HashSet<>);

    /// <summary>What a class of the application's own hashes by its default comparer.</summary>
    private static Type? ElementOf(Type type)
    {
        for (Type? known = type; known is not null; known = known.BaseType)
        {
            if (known.IsGenericType
                && known.GetGenericTypeDefinition() is var definition
                && (definition == typeof(HashSet<>) || definition == typeof(KeyedCollection<,>)))
            {
                return known.GetGenericArguments()[0];
            }
        }

        return null;
    }

    private static bool HasDefinition(Type type, Type definition)
    {
        while (!type.IsGenericType || type.GetGenericTypeDefinition() != definition)
        {
            if (type.BaseType is null)
            {
                return false;
            }

            type = type.BaseType;
        }

        return true;
    }

    private static bool IsOf(object formatter, Type definition) =>
        formatter.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == definition;
}
