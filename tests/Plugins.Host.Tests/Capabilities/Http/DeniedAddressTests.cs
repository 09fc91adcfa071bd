using System.Net;
using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

/// <summary>Names and addresses by which a plugin tries to reach the network that its host is in.</summary>
internal sealed class DeniedAddressTests
{
    [TestCase("127.0.0.1")]
    [TestCase("10.0.0.1")]
    [TestCase("169.254.169.254")]
    [TestCase("168.63.129.16")]
    [TestCase("0.0.0.0")]
    [TestCase("::1")]
    [TestCase("::")]
    [TestCase("::ffff:127.0.0.1")]
    [TestCase("::127.0.0.1")]
    [TestCase("64:ff9b::7f00:1")]
    [TestCase("2002:7f00:1::")]
    [TestCase("2001::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("fe80::1")]
    [TestCase("ff02::1")]
    public async Task Name_ThatLeadsThere_IsDenied(string address)
    {
        using var sending = new Sending { Names = _ => [IPAddress.Parse(address)] }.Within("http://api.example.com");
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.example.com/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.AddressDenied));
        Assert.That(failure.Origin, Is.EqualTo("http://api.example.com"));
    }

    [Test]
    public async Task Name_WithOneDeniedAddress_IsDeniedWhole()
    {
        await using var server = await WebServer.StartAsync(_ => Task.CompletedTask);
        using var sending = new Sending
        {
            Names = _ => [IPAddress.Loopback, IPAddress.Parse("169.254.169.254")],
        }.Within($"http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.AddressDenied));
        Assert.That(server.Requests, Is.Empty);
    }

    [Test]
    public async Task Name_ThatRebinds_IsConnectedWhereItWasLookedAt()
    {
        await using var server = await WebServer.StartAsync(context => context.Response.WriteAsync("first"));
        var asked = 0;
        using var sending = new Sending
        {
            // The first answer passes; a second look at the same connection would find what must not be reached.
            Names = _ => ++asked == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("169.254.169.254")],
        }.Within($"http://api.test:{server.Port}");

        Assert.That(Sending.TextOf(await sending.GetAsync($"http://api.test:{server.Port}/")), Is.EqualTo("first"));
        Assert.That(asked, Is.EqualTo(1));

        sending.Transports.Dispose();
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.AddressDenied), "a new connection is looked at anew");
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("http://0x7f.1/")]
    [TestCase("http://2130706433/")]
    [TestCase("http://0177.0.0.1/")]
    [TestCase("http://127.1/")]
    [TestCase("http://[::ffff:127.0.0.1]/")]
    [TestCase("http://localhost/")]
    [TestCase("http://api.example.com.evil.test/")]
    [TestCase("http://evil.test/#.api.example.com")]
    [TestCase("http://evil.test?.api.example.com")]
    [TestCase("http://api.example.com:80:80/")]
    [TestCase("http://api.example.com@evil.test/")]
    [TestCase("http://evil.test\\.api.example.com/")]
    [TestCase("http://evil.test\t.api.example.com/")]
    [TestCase(" http://api.example.com/")]
    [TestCase("http://api.example.com /")]
    [TestCase("file:///etc/passwd")]
    [TestCase("unix:/run/docker.sock")]
    [TestCase("gopher://api.example.com/")]
    [TestCase("//api.example.com/")]
    [TestCase("/relative")]
    [TestCase("")]
    public async Task Url_ThatOnlyLooksGranted_IsRefusedBeforeAnythingIsResolved(string url)
    {
        using var sending = new Sending().Within("http://api.example.com", "http://*.api.example.com");
        var failure = await Sending.FailureOf(() => sending.GetAsync(url));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.OutOfScope).Or.EqualTo(HttpFailureKind.Malformed));
        Assert.That(sending.Resolved, Is.Empty);
    }

    [Test]
    public async Task Literal_ThatOnlyThePluginAskedFor_IsDenied()
    {
        // The application grants everything, so that the plugin's own wish is all that names the address.
        using var sending = new Sending { Granted = ["*.example.com"] }.Within("http://127.0.0.1");
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://127.0.0.1/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.AddressDenied));
    }
}
