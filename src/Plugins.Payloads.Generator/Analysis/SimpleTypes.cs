using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Types that the library serves without being given anything.</summary>
internal static class SimpleTypes
{
    private const string Library = "global::Plugins.Payloads.Converters.";

    private static readonly Dictionary<SpecialType, PrimitiveShape> Primitives = new()
    {
        [SpecialType.System_Boolean] = new("ReadBoolean", "WriteBoolean"),
        [SpecialType.System_Byte] = new("ReadByte", "WriteUInt64"),
        [SpecialType.System_SByte] = new("ReadSByte", "WriteInt32"),
        [SpecialType.System_Int16] = new("ReadInt16", "WriteInt32"),
        [SpecialType.System_UInt16] = new("ReadUInt16", "WriteUInt64"),
        [SpecialType.System_Int32] = new("ReadInt32", "WriteInt32"),
        [SpecialType.System_UInt32] = new("ReadUInt32", "WriteUInt64"),
        [SpecialType.System_Int64] = new("ReadInt64", "WriteInt64"),
        [SpecialType.System_UInt64] = new("ReadUInt64", "WriteUInt64"),
        [SpecialType.System_Single] = new("ReadSingle", "WriteSingle"),
        [SpecialType.System_Double] = new("ReadDouble", "WriteDouble"),
        [SpecialType.System_String] = new("ReadString", "WriteString"),
    };

    private static readonly Dictionary<string, string> Converters = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = "Boolean",
        ["System.Char"] = "Char",
        ["System.String"] = "String",
        ["System.Guid"] = "Guid",
        ["System.Uri"] = "Uri",
        ["System.Version"] = "Version",
        ["System.Text.Json.JsonElement"] = "JsonElement",
        ["System.Byte"] = "Numbers.Byte",
        ["System.SByte"] = "Numbers.SByte",
        ["System.Int16"] = "Numbers.Int16",
        ["System.UInt16"] = "Numbers.UInt16",
        ["System.Int32"] = "Numbers.Int32",
        ["System.UInt32"] = "Numbers.UInt32",
        ["System.Int64"] = "Numbers.Int64",
        ["System.UInt64"] = "Numbers.UInt64",
        ["System.Single"] = "Numbers.Single",
        ["System.Double"] = "Numbers.Double",
        ["System.Decimal"] = "Numbers.Decimal",
        ["System.DateTime"] = "Times.DateTime",
        ["System.DateTimeOffset"] = "Times.DateTimeOffset",
        ["System.TimeSpan"] = "Times.TimeSpan",
        ["System.DateOnly"] = "Times.DateOnly",
        ["System.TimeOnly"] = "Times.TimeOnly",
    };

    /// <returns>The expression of the converter, or null for a type that is not simple.</returns>
    public static string? ConverterOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte } => Instance("ByteArray"),
        INamedTypeSymbol { MetadataName: "ReadOnlyMemory`1", TypeArguments: { Length: 1 } arguments }
            when type.MetadataFullName() is "System.ReadOnlyMemory`1"
                && arguments[0].SpecialType is SpecialType.System_Byte =>
            Instance("ByteMemory"),
        _ => Converters.TryGetValue(type.MetadataFullName(), out string name) ? Instance(name) : null,
    };

    /// <returns>
    /// The methods for a type that needs no converter; enumerations are read and written as their numbers.
    /// </returns>
    public static PrimitiveShape? PrimitiveOf(ITypeSymbol type) => type switch
    {
        INamedTypeSymbol { EnumUnderlyingType: INamedTypeSymbol number } => EnumTypes.IsText(type)
            ? null
            : Primitives[number.SpecialType] with { Underlying = number.ToDisplayString() },
        _ => Primitives.TryGetValue(type.SpecialType, out PrimitiveShape primitive) ? primitive : null,
    };

    private static string Instance(string name) => $"{Library}{name}Converter.Instance";
}
