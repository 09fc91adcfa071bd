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
}
