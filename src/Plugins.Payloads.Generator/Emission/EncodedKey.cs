using System.Globalization;
using System.Text;
using Plugins.Payloads.Generator.Analysis;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Encodes keys while compiling, so that writing one is a copy of constant bytes.</summary>
internal static class EncodedKey
{
    public static string Of(MemberShape member) =>
        Expression(member.Key is int key ? Integer(key) : Text(member.Name)) + " /* " + Comment(member) + " */";

    /// <summary>A discriminator's key and value.</summary>
    public static string Of(string propertyName, DerivedShape derived) => Expression(
        [.. Text(propertyName), .. derived.Text is null ? Integer(derived.Number!.Value) : Text(derived.Text)]);

    // MessagePack specification, "str format family".
    private static byte[] Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] header = utf8.Length switch
        {
            < 32 => [(byte)(0xA0 | utf8.Length)],
            <= byte.MaxValue => [0xD9, (byte)utf8.Length],
            <= ushort.MaxValue => [0xDA, .. BigEndian(utf8.Length, 2)],
            _ => [0xDB, .. BigEndian(utf8.Length, 4)],
        };
        return [.. header, .. utf8];
    }

    // MessagePack specification, "int format family".
    private static byte[] Integer(int value) => value switch
    {
        >= -32 and <= sbyte.MaxValue => [unchecked((byte)value)],
        >= 0 and <= byte.MaxValue => [0xCC, (byte)value],
        >= 0 and <= ushort.MaxValue => [0xCD, .. BigEndian(value, 2)],
        >= 0 => [0xCE, .. BigEndian(value, 4)],
        >= sbyte.MinValue => [0xD0, unchecked((byte)value)],
        >= short.MinValue => [0xD1, .. BigEndian(value, 2)],
        _ => [0xD2, .. BigEndian(value, 4)],
    };

    private static IEnumerable<byte> BigEndian(int value, int size) =>
        Enumerable.Range(1, size).Select(i => unchecked((byte)(value >> (8 * (size - i)))));

    private static string Expression(byte[] bytes) =>
        "[" + string.Join(", ", bytes.Select(value => "0x" + value.ToString("X2", CultureInfo.InvariantCulture))) + "]";

    private static string Comment(MemberShape member) =>
        member.Key?.ToString(CultureInfo.InvariantCulture) ?? Literals.Text(member.Name).Replace("*/", "*\\/");
}
