using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Says why a type that neither the library nor a map of members can serve is refused.</summary>
internal static class UnsupportedTypes
{
    /// <returns>Null for types that are supported.</returns>
    public static string? FaultOf(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => FaultOfAttributes(type),
        IArrayTypeSymbol array => array.IsSZArray ? null : "arrays have one dimension; use arrays of arrays",
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } =>
            "it can be anything; use System.Text.Json.JsonElement or a base type with [JsonDerivedType]",
        { TypeKind: TypeKind.TypeParameter } => "only closed types can be payloads",
        INamedTypeSymbol { IsUnboundGenericType: true } => "only closed types can be payloads",
        { IsTupleType: true } => "System.Text.Json does not write the elements of tuples; declare a record",
        { IsRefLikeType: true } or { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Delegate } =>
            "it cannot be stored in a document",
        _ when CollectionTypes.IsCollection(type) => null,
        _ when IsEnumerable(type) =>
            "its kind of collection is not supported; use an array, List, HashSet, ImmutableArray or Dictionary",
        INamedTypeSymbol named => FaultOfObject(named),
        _ => "it is of no supported kind",
    };

    private static string? FaultOfObject(INamedTypeSymbol type)
    {
        if (FaultOfAttributes(type) is string fault)
        {
            return fault;
        }

        if (IsOfFramework(type))
        {
            return "the library has no converter for it";
        }

        bool isConcrete = type.TypeKind is not TypeKind.Interface && !type.IsAbstract;
        return isConcrete || type.HasAttribute(AttributeNames.DerivedType)
            ? null
            : "it is abstract; name the types it stands for with [JsonDerivedType]";
    }

    private static string? FaultOfAttributes(ITypeSymbol type) =>
        UnsupportedAttributes.On(type, out string reason) is string attribute ? $"it has {attribute}; {reason}" : null;

    private static bool IsEnumerable(ITypeSymbol type) =>
        type.AllInterfaces.Any(face => face.SpecialType is SpecialType.System_Collections_IEnumerable);

    /// <summary>What the runtime's types keep in their properties is not meant for documents.</summary>
    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        string space = type.ContainingNamespace?.ToDisplayString() ?? "";
        return space is "System" || space.StartsWith("System.", StringComparison.Ordinal);
    }
}
