using System.Text;
using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

internal sealed class HttpSenderTests
{
    [Test]
    public async Task Send_Post_CarriesMethodHeadersAndContent()
    {
        string? seen = null;
        await using var server = await WebServer.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} "
                + $"{context.Request.Headers["X-Order"]} {context.Request.ContentType} {await reader.ReadToEndAsync()}";
            context.Response.StatusCode = 201;
            context.Response.Headers["X-Made"] = new(["a", "b"]);
            await context.Response.WriteAsync("made");
        });
        using var sending = new Sending().Within($"POST http://api.test:{server.Port}");

        var response = await sending.SendAsync(
            "POST", $"http://api.test:{server.Port}/orders?id=7#top", "{}"u8.ToArray(),
            ("X-Order", "7"), ("Content-Type", "application/json"));

        Assert.That(seen, Is.EqualTo("POST /orders?id=7 7 application/json {}"));
        Assert.That((response.Status, Sending.TextOf(response)), Is.EqualTo((201, "made")));
        Assert.That(
            response.Headers.Where(header => header.Key == "X-Made").Select(header => header.Value),
            Is.EqualTo(["a", "b"]));
    }

    [Test]
    public async Task Send_Request_CarriesNothingOfTheHost()
    {
        using var server = new LyingServer("HTTP/1.1 204 \r\n\r\n");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        using var activity = new System.Diagnostics.Activity("a").AddBaggage("secret", "s").Start();

        await sending.GetAsync($"http://api.test:{server.Port}/x");

        Assert.That(
            server.Heads,
            Is.EqualTo([$"GET /x HTTP/1.1\r\nHost: api.test:{server.Port}\r\nAccept-Encoding: gzip, br\r\n\r\n"]));
    }

    [Test]
    public async Task Send_Cookies_AreNotKept()
    {
        string? cookies = null;
        await using var server = await WebServer.StartAsync(context =>
        {
            cookies = context.Request.Headers.Cookie;
            context.Response.Headers.SetCookie = "session=1";
            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        await sending.GetAsync($"http://api.test:{server.Port}/");
        await sending.GetAsync($"http://api.test:{server.Port}/");
        Assert.That(cookies, Is.Null.Or.Empty);
    }

    [TestCase("GET", "http://api.test:{0}/", false)]
    [TestCase("POST", "http://api.test:{0}/", true)]
    [TestCase("GET", "http://other.test:{0}/", true)]
    [TestCase("GET", "https://api.test:{0}/", true)]
    [TestCase("GET", "http://api.test:1/", true)]
    [TestCase("GET", "http://api.test./", true)]
    [TestCase("GET", "http://127.0.0.1:{0}/", true, Description = "where the name leads, but not the name")]
    public async Task Send_OutsideTheScope_IsDeniedBeforeAnythingIsResolved(string method, string url, bool isDenied)
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask);
        using var sending = new Sending().Within($"GET http://api.test:{server.Port}");
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, url, server.Port);
        if (!isDenied)
        {
            Assert.That((await sending.SendAsync(method, address)).Status, Is.EqualTo(200));
            return;
        }

        var failure = await Sending.FailureOf(() => sending.SendAsync(method, address));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.OutOfScope));
        Assert.That(sending.Resolved, Is.Empty);
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Send_Head_GetsNoContent()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.ContentLength = 1_000_000_000;
            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.SendAsync("HEAD", $"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.ResponseTooLarge));
    }

    [Test]
    public async Task Send_ErrorStatus_IsAResponse()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("later");
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var response = await sending.GetAsync($"http://api.test:{server.Port}/");
        Assert.That((response.Status, Sending.TextOf(response)), Is.EqualTo((503, "later")));
    }

    [Test]
    public async Task Send_ToACertificateThatNobodyTrusts_IsRefused()
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask, secure: true);
        using var sending = new Sending().Within($"https://secure.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"https://secure.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.NotSecure));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Send_ToNothing_IsUnreachable()
    {
        int port;
        using (var server = new LyingServer(""))
        {
            port = server.Port;
        }

        using var sending = new Sending().Within($"http://api.test:{port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{port}/?token=secret"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.Unreachable));
        Assert.That(failure.Origin, Is.EqualTo($"http://api.test:{port}"));
        Assert.That(failure.ToString(), Does.Not.Contain("secret"));
    }

    [Test]
    public async Task Send_ToANameWithoutAddresses_IsUnreachable()
    {
        using var sending = new Sending { Names = _ => [] }.Within("http://api.test");
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.Unreachable));
    }

    [Test]
    public async Task Send_ToSeveralAddresses_TakesTheFirstThatAnswers()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync("here"));
        using var sending = new Sending
        {
            // Nothing listens at the first, and nobody but this machine sees it.
            Names = _ => [System.Net.IPAddress.Parse("127.0.0.2"), System.Net.IPAddress.Loopback],
        }.Within($"http://api.test:{server.Port}");
        Assert.That(Sending.TextOf(await sending.GetAsync($"http://api.test:{server.Port}/")), Is.EqualTo("here"));
    }

    [Test]
    public async Task Send_ToALiteralOfTheGrant_Arrives()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync("here"));
        using var sending = new Sending().Within($"http://127.0.0.1:{server.Port}");
        Assert.That(Sending.TextOf(await sending.GetAsync($"http://127.0.0.1:{server.Port}/")), Is.EqualTo("here"));
        Assert.That(sending.Resolved, Is.Empty);
    }

    [Test]
    public async Task Message_WithoutHeaders_IsSent()
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask);
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var head = $$"""{"method":"GET","url":"http://api.test:{{server.Port}}/"}""";
        Assert.That(
            (await sending.SendRawAsync(Sending.Message(Encoding.UTF8.GetBytes(head), []))).Status, Is.EqualTo(200));
    }
}
