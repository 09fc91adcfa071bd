using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Permissions;

public sealed class HostPatternTests
{
    [TestCase("api.example.com", "https://api.example.com/x?y", true)]
    [TestCase("api.example.com", "https://API.EXAMPLE.COM/", true)]
    [TestCase("api.example.com", "https://api.example.com:443/", true)]
    [TestCase("api.example.com", "http://api.example.com/", false)]
    [TestCase("api.example.com", "https://api.example.com:8443/", false)]
    [TestCase("api.example.com", "https://a.api.example.com/", false)]
    [TestCase("api.example.com", "https://xapi.example.com/", false)]
    [TestCase("api.example.com", "https://api.example.com.evil.test/", false)]
    [TestCase("api.example.com", "https://api.example.com@evil.test/", false)]
    [TestCase("api.example.com", "https://user@api.example.com/", false)]
    [TestCase("api.example.com", "ftp://api.example.com:443/", false)]
    [TestCase("*.example.com", "https://a.example.com/", true)]
    [TestCase("*.example.com", "https://a.b.example.com/", true)]
    [TestCase("*.example.com", "https://example.com/", false)]
    [TestCase("*.example.com", "https://aexample.com/", false)]
    [TestCase("*.example.com", "https://evil-example.com/", false)]
    [TestCase("http://example.com", "http://example.com/", true)]
    [TestCase("http://example.com", "https://example.com/", false)]
    [TestCase("example.com:8443", "https://example.com:8443/", true)]
    [TestCase("example.com:8443", "https://example.com/", false)]
    [TestCase("10.0.0.1", "https://10.0.0.1/", true)]
    [TestCase("[::1]:8443", "https://[::1]:8443/", true)]
    [TestCase("xn--mnchen-3ya.example", "https://münchen.example/", true)]
    public void Covers_Address_ComparesSchemeHostAndPort(string pattern, string address, bool expected) =>
        Assert.That(Parse(pattern).Covers("GET", new Uri(address)), Is.EqualTo(expected));

    [Test]
    public void Covers_RelativeAddress_IsFalse() =>
        Assert.That(Parse("example.com").Covers("GET", new Uri("/x", UriKind.Relative)), Is.False);

    [TestCase("GET example.com", "GET", true)]
    [TestCase("GET example.com", "POST", false)]
    [TestCase("GET example.com", "get", false, Description = "methods are case-sensitive: RFC 9110, section 9.1")]
    [TestCase("GET example.com", "", false)]
    [TestCase("example.com", "POST", true)]
    [TestCase("VERSION-CONTROL https://*.com:443", "VERSION-CONTROL", true)]
    public void Covers_Method_IsTheOneThatIsWritten(string pattern, string method, bool expected) =>
        Assert.That(Parse(pattern).Covers(method, new Uri("https://example.com/")), Is.EqualTo(expected));

    [TestCase("GET https://example.com:443", "GET example.com")]
    [TestCase("M-SEARCH http://*.example.com:8080", "M-SEARCH http://*.example.com:8080")]
    [TestCase("https://example.com:443", "example.com")]
    [TestCase("http://example.com:80", "http://example.com")]
    [TestCase("http://*.example.com:8080", "http://*.example.com:8080")]
    [TestCase("[2001:db8::1]", "[2001:db8::1]")]
    public void ToString_Pattern_IsCanonical(string text, string expected)
    {
        Assert.That(Parse(text).ToString(), Is.EqualTo(expected));
        Assert.That(Parse(expected), Is.EqualTo(Parse(text)));
    }

    [TestCase("get example.com")]
    [TestCase(" example.com")]
    [TestCase("GET  example.com")]
    [TestCase("GET")]
    [TestCase("GET ")]
    [TestCase("example.com ")]
    [TestCase("GET,POST example.com", Description = "one item for each method")]
    [TestCase("* example.com")]
    [TestCase("-GET example.com")]
    [TestCase("GET\texample.com")]
    [TestCase("AAAAABBBBBCCCCCDDDDDE example.com")]
    [TestCase("GET POST example.com")]
    [TestCase("")]
    [TestCase("*")]
    [TestCase("*.")]
    [TestCase("**.com")]
    [TestCase("a.*.com")]
    [TestCase("Example.com")]
    [TestCase("example.com.")]
    [TestCase("example..com")]
    [TestCase("-a.com")]
    [TestCase("münchen.example")]
    [TestCase("ftp://example.com")]
    [TestCase("https://")]
    [TestCase("https://example.com/")]
    [TestCase("user@example.com")]
    [TestCase("example.com:")]
    [TestCase("example.com:0")]
    [TestCase("example.com:0443")]
    [TestCase("example.com:65536")]
    [TestCase("example.com: 443")]
    [TestCase("*.1.2.3", Description = "an address cannot be a suffix")]
    [TestCase("127.1", Description = "URL parsers take it for 127.0.0.1")]
    [TestCase("2130706433")]
    [TestCase("0x7f.1")]
    [TestCase("a.0x7f")]
    [TestCase("010.0.0.1")]
    [TestCase("::1")]
    [TestCase("[::1%eth0]")]
    [TestCase("[0:0:0:0:0:0:0:1]")]
    [TestCase("[10.0.0.1]")]
    public void TryParse_OtherForm_IsRefused(string text) =>
        Assert.That(HostPattern.TryParse(text, out _), Is.False);

    private static HostPattern Parse(string text)
    {
        Assert.That(HostPattern.TryParse(text, out var pattern));
        return pattern!;
    }
}
