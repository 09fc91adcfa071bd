using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Plugins.Manifest.Signing;

namespace Plugins.Manifest.Tests.Signing;

public sealed class PreAuthenticationEncodingTests
{
    // The second is the example of DSSE's protocol.md.
    [TestCase("", "", "DSSEv1 0  0 ")]
    [TestCase("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world")]
    [TestCase("é", "é\n", "DSSEv1 2 é 3 é\n")]
    [TestCase(
        "application/vnd.in-toto+json", "0123456789", "DSSEv1 28 application/vnd.in-toto+json 10 0123456789")]
    public void Encode_Vector_CountsBytes(string type, string payload, string expected)
    {
        var encoded = PreAuthenticationEncoding.Encode(type, Encoding.UTF8.GetBytes(payload));

        Assert.That(Encoding.UTF8.GetString(encoded), Is.EqualTo(expected));
    }

    // The test vector at the end of DSSE's protocol.md; its signature is r and s, not DER.
    [Test]
    public void Encode_SpecificationsExample_IsWhatItsSignatureCovers()
    {
        const string Signature =
            "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==";
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Bytes("46950820868899156662930047687818585632848591499744589407958293238635476079160"),
                Y = Bytes("5640078356564379163099075877009565129882514886557779369047442380624545832820"),
            },
        });

        var encoded = PreAuthenticationEncoding.Encode("http://example.com/HelloWorld", "hello world"u8);

        Assert.That(key.VerifyData(encoded, Convert.FromBase64String(Signature), HashAlgorithmName.SHA256));
    }

    private static byte[] Bytes(string number)
    {
        var value = BigInteger.Parse(number, CultureInfo.InvariantCulture);
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
