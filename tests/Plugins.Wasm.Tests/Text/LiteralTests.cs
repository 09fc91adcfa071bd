using System.Globalization;

namespace Plugins.Wasm.Tests.Text;

/// <summary>Numbers, strings and the words between them.</summary>
public sealed class LiteralTests
{
    [TestCase("0", "00000000")]
    [TestCase("-0", "00000080")]
    [TestCase("1.5", "0000c03f")]
    [TestCase("0x1.8p0", "0000c03f")]
    [TestCase("0x3p-1", "0000c03f")]
    [TestCase("+0x.8p0", null)]
    [TestCase("1_000.000_1e-2", "01002041")]
    [TestCase("inf", "0000807f")]
    [TestCase("-nan", "0000c0ff")]
    [TestCase("nan:0x1", "0100807f")]
    [TestCase("-nan:0x7f_ffff", "ffffffff")]
    [TestCase("0x1p-149", "01000000")]
    [TestCase("0x1p-150", "00000000")]
    [TestCase("0x1.000001p-150", "01000000")]
    [TestCase("0x1.fffffep127", "ffff7f7f")]
    [TestCase("0x1.fffffefffffff8000001p127", "ffff7f7f")]
    [TestCase("0x1.000001p0", "0000803f")]
    [TestCase("0x1.000003p0", "0200803f")]
    [TestCase("0x1.00000100000000000000000000001p0", "0100803f")]
    [TestCase("0x0.0000000000000000000000000000000000000000001p172", "0000803f")]
    [TestCase("3.4028235677973362e38", "ffff7f7f")]
    [TestCase("1e-9999999999999", "00000000")]
    [TestCase("0e9999999999999", "00000000")]
    public void Float32_AsText_IsRoundedToTheNearest(string text, string? bits)
    {
        string? actual;
        try
        {
            actual = TextCode.BodyOf($"f32.const {text}")[2..];
        }
        catch (MalformedTextException)
        {
            actual = null;
        }

        Assert.That(actual, Is.EqualTo(bits));
    }

    [TestCase("f32.const 0x1p128")]
    [TestCase("f32.const 0x1.ffffffp127")]
    [TestCase("f32.const 3.4028235677973367e38")]
    [TestCase("f32.const 1e9999999999999")]
    [TestCase("f64.const 0x1p99999999999999999999")]
    [TestCase("f32.const nan:0x0")]
    [TestCase("f32.const nan:0x80_0000")]
    [TestCase("f64.const nan:0x10_0000_0000_0000")]
    public void Float_OutOfRange_IsRefused(string text)
    {
        Assert.That(TextCode.FaultOf($"(func {text})").Reason, Is.EqualTo("constant out of range"));
    }

    [TestCase("1__0")]
    [TestCase("_1")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("0x")]
    [TestCase("0x1p")]
    [TestCase("0x1.8_p0")]
    [TestCase("1._0")]
    [TestCase(".5")]
    [TestCase("nan:1")]
    [TestCase("nan:canonical")]
    [TestCase("infinity")]
    [TestCase("NaN")]
    [TestCase("0b1")]
    public void Float_MalformedInItsDigits_IsRefused(string text)
    {
        Assert.That(() => TextFormat.ToBinary($"(func f64.const {text})"), Throws.TypeOf<MalformedTextException>());
    }

    // Both ways of writing any number mean it exactly: the shortest decimal digits, and the hexadecimal ones.
    [Test]
    public void Float64_OfAnyBits_IsReadBackExactly()
    {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++)
        {
            double value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value))
            {
                continue;
            }

            Assert.That(BitsOf(value.ToString("R", CultureInfo.InvariantCulture)), Is.EqualTo(value));
            Assert.That(BitsOf(HexOf(value)), Is.EqualTo(value), HexOf(value));
        }
    }

    // The halfway point between two neighbours goes to the even one; a hair past it, up.
    [Test]
    public void Float64_BetweenTwoNumbers_IsRoundedToEven()
    {
        var random = new Random(2);
        for (int i = 0; i < 2_000; i++)
        {
            long exponent = random.Next(-1074, 900);
            ulong significand = (1ul << 52) | ((ulong)random.NextInt64() >> 12);
            double low = Math.ScaleB(significand, (int)exponent), high = Math.ScaleB(significand + 1, (int)exponent);
            double even = (significand & 1) == 0 ? low : high;

            Assert.That(BitsOf($"0x{significand:x}.8p{exponent}"), Is.EqualTo(even));
            Assert.That(BitsOf($"0x{significand:x}.7fffffffffffffffffp{exponent}"), Is.EqualTo(low));
            Assert.That(BitsOf($"0x{significand:x}.8000000000000000001p{exponent}"), Is.EqualTo(high));
        }
    }

    [Test]
    public void Number_OfAMillionDigits_IsRead()
    {
        string digits = new('1', 1_000_000);

        Assert.That(() => TextFormat.ToBinary($"(func f64.const 0.{digits} drop)"), Throws.Nothing);
        Assert.That(() => TextFormat.ToBinary($"(func f64.const 0x0.{digits} drop)"), Throws.Nothing);
        Assert.That(TextCode.FaultOf($"(func f64.const {digits})").Reason, Is.EqualTo("constant out of range"));
        Assert.That(TextCode.FaultOf($"(func i64.const {digits})").Reason, Is.EqualTo("i64 constant out of range"));
    }

    [TestCase(@"\t\n\r\""\'\\", "090a0d22275c")]
    [TestCase(@"\00\fFz", "00ff7a")]
    [TestCase(@"\u{1F600}\u{0_0e9}", "f09f9880c3a9")]
    [TestCase("é€", "c3a9e282ac")]
    public void String_WithEscapes_IsItsBytes(string text, string bytes)
    {
        Assert.That(TextCode.SectionsOf($"(data \"{text}\")"), Does.EndWith(bytes));
    }

    [TestCase("\"\n\"", "unclosed string")]
    [TestCase("\"a", "unclosed string")]
    [TestCase("\"\u0001\"", "illegal character")]
    [TestCase("\"\\x\"", "illegal escape")]
    [TestCase("\"\\u{d800}\"", "illegal escape")]
    [TestCase("\"\\u{110000}\"", "illegal escape")]
    [TestCase("\"\\u{}\"", "illegal escape")]
    [TestCase("\"a\"\"b\"", "unknown operator \"a\"\"b\"")]
    [TestCase("\"a\"x", "unknown operator \"a\"x")]
    [TestCase("$", "empty identifier")]
    [TestCase("$\"\"", "empty identifier")]
    [TestCase("$\"\\ff\"", "malformed UTF-8 encoding")]
    [TestCase("$a\"b\"", "unknown operator $a\"b\"")]
    [TestCase("(@)", "empty annotation id")]
    [TestCase("(@ a)", "empty annotation id")]
    [TestCase("(@a (", "unclosed annotation")]
    [TestCase("(@a (@b (", "unclosed annotation")]
    [TestCase("(; (; ;)", "unclosed comment")]
    [TestCase("[", "unknown operator [")]
    [TestCase("\0", "illegal character")]
    public void Word_Malformed_IsRefused(string text, string reason)
    {
        Assert.That(TextCode.FaultOf($"(data {text})").Reason, Is.EqualTo(reason));
    }

    [TestCase("(func)(;a(;b;););;c\n(func)")]
    [TestCase("(func)(@a (b \"c\" 1 ,;[{}]) (@d))(func)")]
    [TestCase("(func);; no end of line")]
    [TestCase("(func $\"a b\")(func $\"a\")(export \"x\" (func $a))")]
    public void CommentsAndAnnotations_AnywhereBetweenWords_AreSkipped(string text)
    {
        Assert.That(() => TextFormat.ToBinary(text), Throws.Nothing);
    }

    private static double BitsOf(string text) => BitConverter.ToDouble(
        Convert.FromHexString(TextCode.BodyOf($"f64.const {text}")[2..]));

    private static string HexOf(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        ulong fraction = bits & ((1ul << 52) - 1);
        int exponent = (int)(bits >> 52) & 0x7FF;
        return $"{(double.IsNegative(value) ? "-" : "")}0x{(exponent == 0 ? 0 : 1)}.{fraction:x13}"
            + $"p{Math.Max(exponent, 1) - 1023}";
    }
}
