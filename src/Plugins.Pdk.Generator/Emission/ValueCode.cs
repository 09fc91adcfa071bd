using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator.Emission;

/// <summary>Expressions that carry a value between a method and the host.</summary>
internal static class ValueCode
{
    private const string Pdk = "global::Plugins.Pdk";
    private const string Codec = "global::Plugins.Pdk.Runtime.JsonPayload";

    /// <summary>The argument for a plugin function: the input of the call.</summary>
    public static string Input(ValueShape shape) => shape.Kind switch
    {
        ValueKind.Bytes => $"{Pdk}.Input.ReadAll()",
        ValueKind.Text => $"{Pdk}.Input.ReadText()",
        ValueKind.Payload => $"{Codec}.ReadInput<{shape.Type}>({Context(shape)}, {AllowNull(shape)})",
        _ => "",
    };

    /// <summary>A statement's expression: what a plugin function returns becomes the output.</summary>
    public static string Output(ValueShape shape, string value) => shape.Kind switch
    {
        ValueKind.None => value,
        ValueKind.Payload => $"{Pdk}.Output.Write({Write(shape, value)})",
        _ => $"{Pdk}.Output.Write({value})",
    };

    /// <summary>The bytes of a request.</summary>
    public static string Request(ValueShape shape, string value) => shape.Kind switch
    {
        ValueKind.None => "default",
        ValueKind.Text => $"global::System.Text.Encoding.UTF8.GetBytes({value})",
        ValueKind.Payload => Write(shape, value),
        _ => value,
    };

    /// <summary>The value of an answer.</summary>
    public static string Reply(ValueShape shape, string capability, string reply) => shape.Kind switch
    {
        ValueKind.Bytes => $"{reply}.ToArray()",
        ValueKind.Text => $"{reply}.ToText()",
        ValueKind.Payload =>
            $"{Codec}.ReadReply<{shape.Type}>({Context(shape)}, {capability}, {reply}, {AllowNull(shape)})",
        _ => reply,
    };

    private static string Write(ValueShape shape, string value) =>
        $"{Codec}.Write<{shape.Type}>({Context(shape)}, {value})";

    private static string Context(ValueShape shape) => $"{shape.Context}.Default";

    private static string AllowNull(ValueShape shape) => shape.AllowNull ? "allowNull: true" : "allowNull: false";
}
