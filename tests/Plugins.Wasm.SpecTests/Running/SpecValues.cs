using System.Globalization;
using System.Runtime.Intrinsics;
using Plugins.Wasm.SpecTests.Suite;
using Plugins.Wasm.Types;
using Objects = Plugins.Wasm.Runtime.Objects;

namespace Plugins.Wasm.SpecTests.Running;

/// <summary>Turns the suite's values into the engine's, and says whether a result is what the suite expects.</summary>
internal static class SpecValues
{
    private const ulong Sign32 = 0x8000_0000, Quiet32 = 0x7FC0_0000;
    private const ulong Sign64 = 0x8000_0000_0000_0000, Quiet64 = 0x7FF8_0000_0000_0000;

    public static Value ToEngine(SpecValue value) => value switch
    {
        { Kind: ValueKind.V128 } => Value.FromVector128(VectorOf(value)),
        { IsReference: false } => Value.FromBits(value.Kind, value.Bits),
        { IsNull: true } => Value.FromReference(value.Kind, null),
        { Kind: ValueKind.AnyRef } => Value.FromReference(
            value.Kind, new Objects.HostReference(new HostReference(value.Bits), Objects.Allotment.None)),
        _ => Value.FromReference(value.Kind, new HostReference(value.Bits)),
    };

    public static bool Matches(SpecValue expected, Value actual) => expected.Choices.Length > 0
        ? expected.Choices.Any(choice => Matches(choice, actual))
        : (expected.IsAnyNull || actual.Kind == expected.Kind) && MatchesOne(expected, actual);

    private static bool MatchesOne(SpecValue expected, Value actual) => expected switch
    {
        { Kind: ValueKind.V128 } => MatchesLanes(expected, actual.AsVector128()),
        { IsReference: true, IsNull: true } => actual.Reference is null,
        { Kind: ValueKind.AnyRef, Value: null } => Objects.Casts.Test(actual.Reference, CodeOf(expected), depth: 0),
        { Kind: ValueKind.AnyRef } => actual.Reference is Objects.HostReference host
            && Equals(host.Target, new HostReference(expected.Bits)),
        { Kind: ValueKind.ExternRef, Value: null } => actual.Reference is not null,
        { Kind: ValueKind.ExternRef } => Equals(actual.Reference, new HostReference(expected.Bits)),
        { Kind: ValueKind.FuncRef } => actual.Reference is Function,
        { Value: "nan:canonical" } => IsCanonical(actual),
        { Value: "nan:arithmetic" } => IsArithmetic(actual),
        _ => actual.Bits == expected.Bits,
    };

    private static ValueCode CodeOf(SpecValue value) => value.Type switch
    {
        "eqref" => ValueCode.EqRef,
        "i31ref" => ValueCode.I31Ref,
        "structref" => ValueCode.StructRef,
        "arrayref" => ValueCode.ArrayRef,
        _ => ValueCode.AnyRef,
    }
    | (ValueCode)ValueCodes.NonNull;

    public static string Describe(Value value) => value.Kind == ValueKind.V128 ? value.ToString()
        : value.Kind.IsReference ? $"{value.Kind}:{value.Reference ?? "null"}"
        : $"{value.Kind}:{value.Bits}";

    private static Vector128<byte> VectorOf(SpecValue value)
    {
        Span<byte> bytes = stackalloc byte[Vector128<byte>.Count];
        for (int i = 0; i < value.Lanes.Length; i++)
        {
            ulong bits = ulong.Parse(value.Lanes[i], CultureInfo.InvariantCulture);
            for (int j = 0; j < value.LaneBytes; j++)
            {
                bytes[(i * value.LaneBytes) + j] = (byte)(bits >> (8 * j));
            }
        }

        return Vector128.Create<byte>(bytes);
    }

    private static bool MatchesLanes(SpecValue expected, Vector128<byte> actual)
    {
        for (int i = 0; i < expected.Lanes.Length; i++)
        {
            ulong bits = 0;
            for (int j = expected.LaneBytes - 1; j >= 0; j--)
            {
                bits = (bits << 8) | actual[(i * expected.LaneBytes) + j];
            }

            // Lanes of less than 32 bits are numbers, too.
            string type = expected.LaneType is "i8" or "i16" ? "i32" : expected.LaneType;
            var lane = new SpecValue(type, expected.Lanes[i]);
            if (!MatchesOne(lane, Value.FromBits(lane.Kind, bits)))
            {
                return false;
            }
        }

        return true;
    }

    // WebAssembly 2.0, section 2.2.3: a canonical NaN has only the quiet bit of its payload set, with either sign.
    private static bool IsCanonical(Value value) => value.Kind == ValueKind.F32
        ? (value.Bits & ~Sign32) == Quiet32
        : (value.Bits & ~Sign64) == Quiet64;

    // An arithmetic NaN has at least the quiet bit set.
    private static bool IsArithmetic(Value value) => value.Kind == ValueKind.F32
        ? (value.Bits & Quiet32) == Quiet32
        : (value.Bits & Quiet64) == Quiet64;
}
