using System.Formats.Asn1;
using System.Numerics;

namespace Plugins.Manifest.Tests.Support;

/// <summary>Anyone can turn a signature (r, s) into another valid one, (r, n − s).</summary>
internal static class EcdsaTwin
{
    private static readonly BigInteger _order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    public static byte[] Of(byte[] signature)
    {
        var sequence = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(sequence.ReadInteger());
            writer.WriteInteger(_order - sequence.ReadInteger());
        }

        return writer.Encode();
    }
}
