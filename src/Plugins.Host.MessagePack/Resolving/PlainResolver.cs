using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;

namespace Plugins.Host.MessagePack.Resolving;

/// <summary>Formatters for annotated types, and for plain ones as maps of their members' names.</summary>
/// <remarks>
/// A plain type is one whose members are all public: the library reads those of types that are not public by skipping
/// all checks of access, so that a document would set private members too.
/// </remarks>
internal sealed class PlainResolver : IFormatterResolver
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    public static PlainResolver Instance { get; } = new();

    public IMessagePackFormatter<T>? GetFormatter<T>()
    {
        if (!typeof(T).IsVisible && IsAnnotated(typeof(T)))
        {
            return DynamicObjectResolverAllowPrivate.Instance.GetFormatter<T>();
        }

        IMessagePackFormatter<T>? known = StandardResolver.Instance.GetFormatter<T>();
        if (known is not null || !IsOfAnApplication(typeof(T)))
        {
            return known;
        }

        return typeof(T).IsVisible ? DynamicContractlessObjectResolver.Instance.GetFormatter<T>()
            : HasPublicMembersOnly(typeof(T)) ? DynamicContractlessObjectResolverAllowPrivate.Instance.GetFormatter<T>()
            : null;
    }

    private static bool IsAnnotated(Type type) =>
        type.IsDefined(typeof(MessagePackObjectAttribute), inherit: true)
        || type.IsDefined(typeof(DataContractAttribute), inherit: true);

    // What the runtime's types hold is no payload: of most, the library would write an empty map.
    private static bool IsOfAnApplication(Type type) =>
        !type.IsAbstract
        && !type.IsAssignableTo(typeof(Delegate))
        && type.Namespace is var name
        && name != nameof(System)
        && name?.StartsWith("System.", StringComparison.Ordinal) != true;

    private static bool HasPublicMembersOnly(Type type)
    {
        for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            if (part.GetFields(Members).Any(field => !field.IsPublic && !IsGenerated(field))
                || part.GetProperties(Members).Any(HasHiddenAccessor))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasHiddenAccessor(PropertyInfo property) =>
        !IsGenerated(property) && property.GetAccessors(nonPublic: true).Any(accessor => !accessor.IsPublic);

    private static bool IsGenerated(MemberInfo member) => member.IsDefined(typeof(CompilerGeneratedAttribute));
}
