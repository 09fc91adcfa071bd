namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Full names of the attributes that are understood, or refused.</summary>
internal static class AttributeNames
{
    public const string Serializable = "Plugins.Payloads.PayloadSerializableAttribute";
    public const string Options = "Plugins.Payloads.PayloadOptionsAttribute";
    public const string Key = "Plugins.Payloads.PayloadKeyAttribute";
    public const string CustomConverter = "Plugins.Payloads.PayloadConverterAttribute";
    public const string ConverterBase = "Plugins.Payloads.PayloadConverter`1";
    public const string Context = "Plugins.Payloads.PayloadContext";

    public const string Constructor = Json + "JsonConstructorAttribute";
    public const string Converter = Json + "JsonConverterAttribute";
    public const string DerivedType = Json + "JsonDerivedTypeAttribute";
    public const string ExtensionData = Json + "JsonExtensionDataAttribute";
    public const string Ignore = Json + "JsonIgnoreAttribute";
    public const string Include = Json + "JsonIncludeAttribute";
    public const string NumberHandling = Json + "JsonNumberHandlingAttribute";
    public const string ObjectCreation = Json + "JsonObjectCreationHandlingAttribute";
    public const string Polymorphic = Json + "JsonPolymorphicAttribute";
    public const string PropertyName = Json + "JsonPropertyNameAttribute";
    public const string PropertyOrder = Json + "JsonPropertyOrderAttribute";
    public const string Required = Json + "JsonRequiredAttribute";
    public const string StringEnumConverter = Json + "JsonStringEnumConverter";
    public const string StringEnumMemberName = Json + "JsonStringEnumMemberNameAttribute";
    public const string UnmappedMembers = Json + "JsonUnmappedMemberHandlingAttribute";

    public const string AllowNull = Nullness + "AllowNullAttribute";
    public const string DisallowNull = Nullness + "DisallowNullAttribute";
    public const string MaybeNull = Nullness + "MaybeNullAttribute";
    public const string NotNull = Nullness + "NotNullAttribute";
    public const string SetsRequiredMembers = Nullness + "SetsRequiredMembersAttribute";

    private const string Json = "System.Text.Json.Serialization.";
    private const string Nullness = "System.Diagnostics.CodeAnalysis.";
}
