using System.Text;
using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

/// <summary>Messages of guests that try to say something else to the server than to the host.</summary>
internal sealed class SmugglingTests
{
    [TestCase("Host", "other.test")]
    [TestCase("host", "other.test")]
    [TestCase("Content-Length", "0")]
    [TestCase("CONTENT-LENGTH", "0")]
    [TestCase("Content_Length", "0", Description = "gateways write '-' for '_'")]
    [TestCase("Transfer-Encoding", "chunked")]
    [TestCase("Transfer_Encoding", "chunked")]
    [TestCase("TE", "trailers")]
    [TestCase("Trailer", "X")]
    [TestCase("Connection", "upgrade")]
    [TestCase("Keep-Alive", "1")]
    [TestCase("Upgrade", "h2c")]
    [TestCase("HTTP2-Settings", "AAMAAABkAAQ")]
    [TestCase("Expect", "100-continue")]
    [TestCase("Proxy-Authorization", "Basic")]
    [TestCase("Proxy-Connection", "keep-alive")]
    [TestCase("Proxy", "http://evil.test", Description = "CGI makes HTTP_PROXY of it")]
    [TestCase("Forwarded", "for=127.0.0.1")]
    [TestCase("X-Forwarded-For", "127.0.0.1")]
    [TestCase("X_Forwarded_For", "127.0.0.1")]
    [TestCase("X-HTTP-Method-Override", "DELETE")]
    [TestCase("", "value")]
    [TestCase("X Y", "value")]
    [TestCase("X:", "value")]
    [TestCase("X\r\nHost", "other.test")]
    [TestCase("é", "value")]
    [TestCase("X", "a\r\nHost: other.test")]
    [TestCase("X", "a\nHost: other.test")]
    [TestCase("X", "a\rHost: other.test")]
    [TestCase("X", "a\r\n\r\nGET /admin HTTP/1.1")]
    [TestCase("X", "a\0b")]
    [TestCase("X", "é")]
    [TestCase("X", "\u010a\u010d", Description = "line ends once the high bytes are cut off")]
    [TestCase("X", " a")]
    [TestCase("X", "a ")]
    public async Task Header_OfTheConnectionOrOfNone_IsRefused(string name, string value)
    {
        using var sending = new Sending().Within("http://api.test");
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/", (name, value)));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.Malformed));
        Assert.That(failure.Message, Does.Not.Contain('\r').And.Not.Contain('\n'));
        Assert.That(sending.Resolved, Is.Empty);
    }

    [TestCase("GET /admin HTTP/1.1\r\nX:")]
    [TestCase("GET\r\n")]
    [TestCase("get")]
    [TestCase("")]
    [TestCase("CONNECT")]
    [TestCase("TRACE")]
    [TestCase("TRACK")]
    [TestCase("GÉT")]
    public async Task Method_OfAnotherForm_IsRefused(string method)
    {
        using var sending = new Sending().Within("http://api.test");
        var failure = await Sending.FailureOf(() => sending.SendAsync(method, "http://api.test/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.Malformed));
    }

    [TestCase("http://api.test/\r\nHost: other.test")]
    [TestCase("http://api.test/ HTTP/1.1")]
    [TestCase("http://api.test/a\0b")]
    [TestCase("http://api.test/a\u007fb")]
    [TestCase("http://api.test\\@evil.test/")]
    public async Task Url_WithWhatEndsIt_IsRefused(string url)
    {
        using var sending = new Sending().Within("http://api.test");
        Assert.That((await Sending.FailureOf(() => sending.GetAsync(url))).Kind, Is.EqualTo(HttpFailureKind.Malformed));
    }

    [Test]
    public async Task Url_WithEncodedLineEnds_KeepsThemEncoded()
    {
        using var server = new LyingServer("HTTP/1.1 204 \r\n\r\n");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        await sending.GetAsync($"http://api.test:{server.Port}/a%0d%0aHost:%20b?%0d%0ac");
        Assert.That(server.Heads[0], Does.StartWith("GET /a%0d%0aHost:%20b?%0d%0ac HTTP/1.1\r\n"));
    }

    [Test]
    public async Task Content_OfAGet_IsFramedByTheHost()
    {
        string? seen = null;
        await using var server = await WebServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.ContentLength} {await reader.ReadToEndAsync()}";
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var body = Encoding.UTF8.GetBytes("GET /admin HTTP/1.1\r\nHost: b\r\n\r\n");
        await sending.SendAsync("GET", $"http://api.test:{server.Port}/", body);
        Assert.That(seen, Is.EqualTo($"{body.Length} {Encoding.UTF8.GetString(body)}"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{")]
    [TestCase("""{"method":"GET"}""")]
    [TestCase("""{"url":"http://api.test/"}""")]
    [TestCase("""{"method":null,"url":"http://api.test/"}""")]
    [TestCase("""{"method":1,"url":"http://api.test/"}""")]
    [TestCase("""{"method":"GET","url":["http://api.test/"]}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","url":"http://api.test/"}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","redirect":"manual"}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","headers":{"a":"b"}}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","headers":[["a"]]}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","headers":[["a","b","c"]]}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","headers":[["a",null]]}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","headers":[["a",1]]}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","headers":null}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/\ud800"}""")]
    [TestCase("""{"method":"GET","url":"http://api.test/"} x""")]
    [TestCase("""{"method":"GET","url":"http://api.test/","a":[[[[[[[[[[]]]]]]]]]]}""")]
    public async Task Head_OfAnotherForm_IsRefused(string head)
    {
        using var sending = new Sending().Within("http://api.test");
        var message = Sending.Message(Encoding.UTF8.GetBytes(head), []);
        Assert.That(
            (await Sending.FailureOf(() => sending.SendRawAsync(message))).Kind, Is.EqualTo(HttpFailureKind.Malformed));
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { 1, 2, 3 })]
    [TestCase(new byte[] { 1, 0, 0, 0 })]
    [TestCase(new byte[] { 255, 255, 255, 255, 1 })]
    [TestCase(new byte[] { 1, 0, 0, 128, 1 })]
    [TestCase(new byte[] { 2, 0, 0, 0, 255, 254 })]
    public async Task Message_OfAnotherForm_IsRefused(byte[] message)
    {
        using var sending = new Sending().Within("http://api.test");
        Assert.That(
            (await Sending.FailureOf(() => sending.SendRawAsync(message))).Kind, Is.EqualTo(HttpFailureKind.Malformed));
    }

    [Test]
    public async Task Message_OfRandomBytes_NeverFailsInAnotherWay()
    {
        var random = new Random(7);
        var sound = Sending.Message("POST", "http://no.test/", [1, 2], ("X", "y"));
        using var sending = new Sending { Names = _ => [] }.Within("http://api.test");
        for (var round = 0; round < 3_000; round++)
        {
            var message = sound.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                message[random.Next(message.Length)] = (byte)random.Next(256);
            }

            await Sending.FailureOf(() => sending.SendRawAsync(message));
        }
    }
}
