using System.Globalization;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>A value as the suite writes it: numbers as the decimal form of their bits, or a pattern of NaNs.</summary>
internal sealed record SpecValue(string Type, string? Value)
{
    public ValueKind Kind => Type switch
    {
        "i32" => ValueKind.I32,
        "i64" => ValueKind.I64,
        "f32" => ValueKind.F32,
        "f64" => ValueKind.F64,
        "externref" => ValueKind.ExternRef,
        "funcref" => ValueKind.FuncRef,
        _ => throw new NotSupportedException($"The value type '{Type}'."),
    };

    public bool IsReference => Kind is ValueKind.ExternRef or ValueKind.FuncRef;

    public bool IsNull => Value is "null";

    public ulong Bits => ulong.Parse(Value ?? "", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Type}:{Value}";
}
