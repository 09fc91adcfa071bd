namespace Plugins.Wasm.Text.Lexing;

/// <summary>A binary format of IEEE 754.</summary>
/// <param name="FractionBits">Bits of the significand without the leading one.</param>
/// <param name="ExponentBits">Bits of the exponent.</param>
internal readonly record struct FloatFormat(int FractionBits, int ExponentBits)
{
    public static FloatFormat Single => new(23, 8);

    public static FloatFormat Double => new(52, 11);

    public ulong Sign => 1ul << (FractionBits + ExponentBits);

    public ulong Infinity => ((1ul << ExponentBits) - 1) << FractionBits;

    public ulong CanonicalNan => Infinity | (1ul << (FractionBits - 1));

    public int Bias => (1 << (ExponentBits - 1)) - 1;
}
