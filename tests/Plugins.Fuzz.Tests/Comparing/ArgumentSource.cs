using Plugins.Fuzz.Tests.Generation;
using Plugins.Wasm.Types;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Arguments for calls: small numbers, the edges of each type, and any bits.</summary>
internal sealed class ArgumentSource(long seed)
{
    private static readonly ulong[] s_integers =
    [
        0, 1, 2, 7, 16, 255, 65_530, 65_536, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFB,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    private static readonly float[] s_singles =
    [
        0, -0.0f, 1.5f, -2.25f, 1e10f, 2_147_483_648f, -2_147_483_904f, float.Epsilon, float.MaxValue, float.NaN,
        float.NegativeInfinity,
    ];

    private static readonly double[] s_doubles =
    [
        0, -0.0, 0.5, -1e300, 3e9, 4_294_967_296, -9.3e18, double.Epsilon, double.MaxValue, double.NaN,
        double.PositiveInfinity,
    ];

    private readonly SeededBytes _random = new(seed);

    /// <summary>The bits of each parameter in order; a vector takes two.</summary>
    internal ulong[] For(FunctionType type)
    {
        List<ulong> arguments = [];
        foreach (ValueKind kind in type.Parameters)
        {
            arguments.Add(Next(kind));
            if (kind is ValueKind.V128)
            {
                arguments.Add(Next(kind));
            }
        }

        return [.. arguments];
    }

    private ulong Next(ValueKind kind) => kind switch
    {
        ValueKind.I32 => (uint)Integer(),
        ValueKind.I64 => Integer(),
        ValueKind.F32 => AnyBits() ? (uint)_random.Next() : BitConverter.SingleToUInt32Bits(Pick(s_singles)),
        ValueKind.V128 => Next(AnyBits() ? ValueKind.F64 : ValueKind.I64),
        ValueKind.F64 => AnyBits() ? _random.Next() : BitConverter.DoubleToUInt64Bits(Pick(s_doubles)),
        _ => 0,
    };

    private ulong Integer() => AnyBits() ? _random.Next() : Pick(s_integers);

    private bool AnyBits() => _random.Below(4) == 0;

    private T Pick<T>(T[] values) => values[_random.Below(values.Length)];
}
