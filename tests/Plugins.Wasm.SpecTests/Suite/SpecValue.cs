using System.Globalization;
using System.Text.Json.Serialization;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>
/// A value as the suite writes it: numbers as the decimal form of their bits, or a pattern of NaNs; vectors by lanes.
/// </summary>
[JsonConverter(typeof(SpecValueConverter))]
internal sealed record SpecValue(string Type, string? Value)
{
    /// <summary>The type of a vector's lanes, such as <c>i8</c>.</summary>
    public string LaneType { get; init; } = "";

    /// <summary>A vector's lanes, each a number or a pattern.</summary>
    public string[] Lanes { get; init; } = [];

    /// <summary>The values of which any will do; empty where only this one will.</summary>
    public SpecValue[] Choices { get; init; } = [];

    public ValueKind Kind => Type switch
    {
        "i32" => ValueKind.I32,
        "i64" => ValueKind.I64,
        "f32" => ValueKind.F32,
        "f64" => ValueKind.F64,
        "v128" => ValueKind.V128,
        "externref" => ValueKind.ExternRef,
        "funcref" or "nullfuncref" => ValueKind.FuncRef,
        "exnref" or "nullexnref" => ValueKind.ExnRef,
        "nullexternref" => ValueKind.ExternRef,
        "anyref" or "eqref" or "i31ref" or "structref" or "arrayref" or "nullref" => ValueKind.AnyRef,
        "refnull" => default,
        _ => throw new NotSupportedException($"The value type '{Type}'."),
    };

    public bool IsReference => Kind is default(ValueKind) or ValueKind.ExternRef or ValueKind.FuncRef
        or ValueKind.AnyRef or ValueKind.ExnRef;

    /// <summary>Whether a null of any type is meant.</summary>
    public bool IsAnyNull => Type is "refnull";

    public bool IsNull => Value is "null";

    public ulong Bits => ulong.Parse(Value ?? "", CultureInfo.InvariantCulture);

    /// <summary>The bytes of a vector's lane.</summary>
    public int LaneBytes => int.Parse(LaneType[1..], CultureInfo.InvariantCulture) / 8;

    public override string ToString() => Choices.Length > 0 ? $"one of {string.Join(" or ", (object[])Choices)}"
        : Lanes.Length > 0 ? $"{Type}:{LaneType}:{string.Join(' ', Lanes)}"
        : $"{Type}:{Value}";
}
