using Microsoft.CodeAnalysis;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>The types that belong to one payload format.</summary>
/// <param name="Format">What messages call it.</param>
/// <param name="Context">The class that contexts derive from.</param>
/// <param name="TypeAttribute">The attribute that names a type to a context.</param>
/// <param name="Codec">The class of Plugins.Pdk.Runtime that reads and writes payloads.</param>
internal sealed record PayloadFormatNames(string Format, string Context, string TypeAttribute, string Codec)
{
    public static PayloadFormatNames Json { get; } = new(
        "JSON", KnownNames.JsonContext, KnownNames.JsonSerializable, "JsonPayload");

    public static PayloadFormatNames MessagePack { get; } = new(
        "MessagePack", KnownNames.PayloadContext, KnownNames.PayloadSerializable, "MessagePackPayload");

    /// <summary>In the order of the values of Plugins.Payloads.PayloadFormat.</summary>
    public static IReadOnlyList<PayloadFormatNames> All { get; } = [Json, MessagePack];

    /// <summary>The format that a function's attribute asks for; JSON where it says nothing.</summary>
    public static PayloadFormatNames Of(AttributeData attribute)
    {
        int index = attribute.NamedArguments
            .Where(argument => argument.Key == "Format")
            .Select(argument => argument.Value.Value as int? ?? 0)
            .FirstOrDefault();
        return index >= 0 && index < All.Count ? All[index] : Json;
    }

    /// <summary>The attribute as code writes it.</summary>
    public string ShortTypeAttribute
    {
        get
        {
            string name = TypeAttribute.Substring(TypeAttribute.LastIndexOf('.') + 1);
            return name.Substring(0, name.Length - "Attribute".Length);
        }
    }
}
