using System.Security.Cryptography;
using System.Text;
using Plugins.Manifest.Signing;

namespace Plugins.Manifest.Tests.Signing;

public sealed class StrictBase64Tests
{
    // RFC 4648, section 10.
    [TestCase("", "")]
    [TestCase("Zg==", "f")]
    [TestCase("Zm8=", "fo")]
    [TestCase("Zm9v", "foo")]
    [TestCase("Zm9vYmFy", "foobar")]
    public void TryDecode_Vector_Decodes(string text, string expected)
    {
        Assert.That(StrictBase64.TryDecode(text, out var bytes));
        Assert.That(Encoding.ASCII.GetString(bytes!), Is.EqualTo(expected));
    }

    [TestCase("+/+/")]
    [TestCase("-_-_")]
    public void TryDecode_BothAlphabets_GiveTheSame(string text)
    {
        Assert.That(StrictBase64.TryDecode(text, out var bytes));
        Assert.That(bytes, Is.EqualTo(new byte[] { 0xFB, 0xFF, 0xBF }));
    }

    [TestCase("Zg", Description = "padding is missing")]
    [TestCase("Zg=", Description = "padding is missing")]
    [TestCase("Zg===")]
    [TestCase("====")]
    [TestCase("Z===")]
    [TestCase("Zg==Zg==", Description = "padding inside")]
    [TestCase("Zh==", Description = "trailing bits")]
    [TestCase("Zm9=", Description = "trailing bits")]
    [TestCase("Zm9v\n")]
    [TestCase("Zm\n=")]
    [TestCase(" Zm9")]
    [TestCase("Zm 9")]
    [TestCase("+_+_", Description = "mixed alphabets")]
    [TestCase("Zm9é")]
    public void TryDecode_OtherSpelling_IsRefused(string text) =>
        Assert.That(StrictBase64.TryDecode(text, out _), Is.False);

    [Test]
    public void TryDecode_EveryLength_RoundTrips()
    {
        for (var length = 0; length < 100; length++)
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            Assert.That(StrictBase64.TryDecode(Convert.ToBase64String(bytes), out var decoded));
            Assert.That(decoded, Is.EqualTo(bytes));
        }
    }
}
