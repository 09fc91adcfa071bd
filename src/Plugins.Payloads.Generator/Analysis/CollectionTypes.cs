using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Collections that the library serves, given the converters of what is in them.</summary>
internal static class CollectionTypes
{
    private const string Library = "global::Plugins.Payloads.Converters.Collections.";
    private const string Generic = "System.Collections.Generic.";

    private static readonly HashSet<string> Sequences = new(StringComparer.Ordinal)
    {
        Generic + "IEnumerable`1",
        Generic + "ICollection`1",
        Generic + "IList`1",
        Generic + "IReadOnlyCollection`1",
        Generic + "IReadOnlyList`1",
    };

    private static readonly HashSet<string> Sets = new(StringComparer.Ordinal)
    {
        Generic + "HashSet`1",
        Generic + "ISet`1",
        Generic + "IReadOnlySet`1",
    };

    private static readonly HashSet<string> Dictionaries = new(StringComparer.Ordinal)
    {
        Generic + "Dictionary`2",
        Generic + "IDictionary`2",
        Generic + "IReadOnlyDictionary`2",
    };

    public static bool IsCollection(ITypeSymbol type) => ConverterOf(type, type.Spelled(), "") is not null;

    /// <param name="type">The collection.</param>
    /// <param name="name">Its name in generated code.</param>
    /// <param name="parts">The names of its type arguments, with commas between.</param>
    /// <returns>The library's converter, or null for a type that is no such collection.</returns>
    public static string? ConverterOf(ITypeSymbol type, string name, string parts) => type.MetadataFullName() switch
    {
        _ when type is IArrayTypeSymbol { IsSZArray: true } => $"{Library}ArrayConverter<{parts}>",
        Generic + "List`1" => $"{Library}ListConverter<{parts}>",
        "System.Collections.Immutable.ImmutableArray`1" => $"{Library}ImmutableArrayConverter<{parts}>",
        string other when Sequences.Contains(other) => $"{Library}SequenceConverter<{name}, {parts}>",
        string other when Sets.Contains(other) => $"{Library}SetConverter<{name}, {parts}>",
        string other when Dictionaries.Contains(other) => $"{Library}DictionaryConverter<{name}, {parts}>",
        _ => null,
    };

    public static IReadOnlyList<ITypeSymbol> PartsOf(ITypeSymbol type) => type is IArrayTypeSymbol array
        ? [array.ElementType]
        : ((INamedTypeSymbol)type).TypeArguments;

    /// <summary>What a key can be: one value in a document, and cheap to compare.</summary>
    public static bool CanBeKey(ITypeSymbol type) => type.TypeKind is TypeKind.Enum
        || type.SpecialType is SpecialType.System_String
            or (>= SpecialType.System_SByte and <= SpecialType.System_UInt64)
        || type.MetadataFullName() is "System.Guid";
}
