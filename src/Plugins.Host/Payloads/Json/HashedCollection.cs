using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Payloads.Json;

/// <summary>Makes a collection safe whose keys or elements from a document go into a hash table.</summary>
internal abstract class HashedCollection
{
    private static readonly Type[] s_maps =
    [
        typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>), typeof(ConcurrentDictionary<,>),
        typeof(OrderedDictionary<,>), typeof(ImmutableDictionary<,>), typeof(IImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(SortedList<,>), typeof(KeyedCollection<,>),
    ];

    private static readonly Type[] s_sets =
    [
        typeof(HashSet<>), typeof(ISet<>), typeof(ImmutableHashSet<>), typeof(IImmutableSet<>),
    ];

    private readonly Type _definition;

    protected HashedCollection(Type definition) => _definition = definition;

    /// <summary>The collection that a type is or derives from, or null where it is none that hashes.</summary>
    /// <param name="type">The type as the application declares it.</param>
    /// <param name="isDerived">Whether it is a class of the application's own.</param>
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The types are those of a known collection.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The constructors are used below.")]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(HashedMap<,>))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(HashedSet<>))]
    public static HashedCollection? Of(Type type, out bool isDerived)
    {
        isDerived = false;

        // Compiled ahead of time, there are no types but those that the application names.
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            return null;
        }

        for (Type? known = type; known is not null; known = known.BaseType)
        {
            if (known.IsGenericType && known.GetGenericTypeDefinition() is var definition)
            {
                Type? hashed = Array.IndexOf(s_maps, definition) >= 0 ? typeof(HashedMap<,>)
                    : Array.IndexOf(s_sets, definition) >= 0 ? typeof(HashedSet<>)
                    : null;
                if (hashed is not null)
                {
                    Type collection = hashed.MakeGenericType(known.GetGenericArguments());
                    return (HashedCollection)Activator.CreateInstance(collection, definition)!;
                }
            }

            isDerived = true;
        }

        return null;
    }

    /// <summary>True if keys could be chosen to collide, or to be inserted at the front each.</summary>
    public abstract bool IsAtRisk { get; }

    protected Type Definition => _definition;

    /// <summary>Makes collections whose hash codes nobody can choose; null where no constructor can.</summary>
    public abstract Func<object>? Creator { get; }

    /// <summary>A converter for the type where no constructor will do; null where one does.</summary>
    public abstract JsonTypeInfo? Convert(JsonSerializerOptions options);

    /// <summary>True if a collection that the application made hashes by the default comparer.</summary>
    public abstract bool HasDefaultComparer(object collection);

    /// <summary>A copy by <see cref="Creator"/> with the same elements.</summary>
    public abstract object? Copy(object collection);
}
