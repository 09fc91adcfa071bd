using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

internal sealed class HttpCredentialTests
{
    private const string Secret = "Bearer 5ecret";

    [Test]
    public async Task Credential_OfADestination_TakesThePlaceOfTheGuestsHeader()
    {
        var seen = new List<string?>();
        await using var server = await RecordingAsync(seen, "Authorization");
        using var sending = new Sending()
            .Within($"http://*.test:{server.Port}")
            .With($"http://api.test:{server.Port}", "Authorization", Secret);
        var headers = new[] { ("authorization", "guess"), ("AUTHORIZATION", "guess again") };
        await sending.GetAsync($"http://api.test:{server.Port}/", headers);
        await sending.GetAsync($"http://other.test:{server.Port}/");
        Assert.That(seen, Is.EqualTo([Secret, ""]));
    }

    [Test]
    public async Task Credential_WithDashes_IsNotDoubledByUnderscores()
    {
        var seen = new List<string?>();
        await using var server = await WebServer.StartAsync(context =>
        {
            seen.AddRange(context.Request.Headers.Select(header => $"{header.Key}={header.Value}"));
            return Task.CompletedTask;
        });
        using var sending = new Sending()
            .Within($"http://api.test:{server.Port}").With($"http://api.test:{server.Port}", "X-Api-Key", "key");
        await sending.GetAsync($"http://api.test:{server.Port}/", ("X_Api_Key", "guess"));
        Assert.That(seen.Where(header => header!.StartsWith('X')), Is.EqualTo(["X-Api-Key=key"]));
    }

    [Test]
    public async Task Credential_AcrossARedirect_StaysWithItsDestination()
    {
        var seen = new List<string?>();
        await using var server = await WebServer.StartAsync(context =>
        {
            seen.Add($"{context.Request.Host.Host} {context.Request.Headers.Authorization}");
            if (context.Request.Host.Host == "one.test")
            {
                context.Response.Redirect($"http://two.test:{context.Connection.LocalPort}/");
            }

            return Task.CompletedTask;
        });
        using var sending = new Sending()
            .Within($"http://*.test:{server.Port}")
            .With($"http://one.test:{server.Port}", "Authorization", "for one");
        await sending.GetAsync($"http://one.test:{server.Port}/");
        using var both = new Sending()
            .Within($"http://*.test:{server.Port}")
            .With($"http://one.test:{server.Port}", "Authorization", "for one")
            .With($"http://two.test:{server.Port}", "Authorization", "for two");
        await both.GetAsync($"http://one.test:{server.Port}/");
        Assert.That(
            seen, Is.EqualTo(["one.test for one", "two.test ", "one.test for one", "two.test for two"]));
    }

    [Test]
    public async Task Credential_OfAMethod_IsForThatMethod()
    {
        var seen = new List<string?>();
        await using var server = await RecordingAsync(seen, "Authorization");
        using var sending = new Sending()
            .Within($"http://api.test:{server.Port}")
            .With($"POST http://api.test:{server.Port}", "Authorization", Secret);
        await sending.GetAsync($"http://api.test:{server.Port}/");
        await sending.SendAsync("POST", $"http://api.test:{server.Port}/");
        Assert.That(seen, Is.EqualTo(["", Secret]));
    }

    [Test]
    public async Task Provider_OfACredential_KnowsWhoAsks()
    {
        var seen = new List<string?>();
        HttpCredentialRequest? asked = null;
        await using var server = await RecordingAsync(seen, "Authorization");
        using var sending = new Sending { Tenant = "shop" }
            .Within($"http://api.test:{server.Port}")
            .With($"http://api.test:{server.Port}", "Authorization", async (request, cancellation) =>
            {
                await Task.Yield();
                asked = request;
                return request.Tenant == "shop" ? Secret : null;
            });
        await sending.GetAsync($"http://api.test:{server.Port}/a?b");
        sending.BeginCall("other");
        await sending.GetAsync($"http://api.test:{server.Port}/", ("Authorization", "guess"));
        Assert.That(seen, Is.EqualTo([Secret, ""]), "the header is the host's, even without a value");
        Assert.That(asked!.Plugin.ToString(), Is.EqualTo("acme/test"));
        Assert.That((asked.IsSigned, asked.CallId, asked.Method), Is.EqualTo((true, "call-1", "GET")));
    }

    [Test]
    public async Task Provider_ThatThrows_FailsTheRequestWithoutItsWords()
    {
        using var sending = new Sending()
            .Within("http://api.test")
            .With("http://api.test", "Authorization", (_, _) => throw new InvalidOperationException(Secret));
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.CredentialFailed));
        Assert.That(failure.ToString(), Does.Not.Contain("5ecret"));
        Assert.That(failure.Message, Does.Contain(nameof(InvalidOperationException)));
    }

    [Test]
    public async Task Provider_ThatGivesALineEnd_FailsTheRequest()
    {
        using var sending = new Sending()
            .Within("http://api.test").With("http://api.test", "Authorization", "5ecret\r\nX: y");
        var failure = await Sending.FailureOf(() => sending.GetAsync("http://api.test/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.CredentialFailed));
        Assert.That(failure.ToString(), Does.Not.Contain("5ecret"));
    }

    [Test]
    public async Task Credential_ThatFailsOnItsWay_IsInNoMessage()
    {
        using var server = new LyingServer("nonsense\r\n\r\n");
        using var sending = new Sending()
            .Within($"http://api.test:{server.Port}")
            .With($"http://api.test:{server.Port}", "Authorization", Secret);
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(server.Heads.Single(), Does.Contain(Secret));
        Assert.That(failure.ToString(), Does.Not.Contain("5ecret"));
    }

    [TestCase("api.test", "Host")]
    [TestCase("api.test", "Content-Length")]
    [TestCase("api.test", "Transfer-Encoding")]
    [TestCase("api.test", "Content-Type")]
    [TestCase("api.test", "Proxy-Authorization")]
    [TestCase("api.test", "")]
    [TestCase("api.test", "X:Y")]
    public void Options_WithAHeaderThatIsNone_Throw(string destination, string header) => Assert.That(
        () => new PluginHostOptions().AddHttpCredential(destination, header, Secret), Throws.ArgumentException);

    [TestCase("https://api.test/path")]
    [TestCase("*")]
    public void Options_WithADestinationThatIsNone_Throw(string destination) => Assert.That(
        () => new PluginHostOptions().AddHttpCredential(destination, "Authorization", Secret),
        Throws.TypeOf<FormatException>());

    [TestCase("5ecret\n")]
    [TestCase("5ecret\0")]
    [TestCase("5ecret é")]
    public void Options_WithAValueThatIsNone_ThrowWithoutShowingIt(string value) => Assert.That(
        () => new PluginHostOptions().AddHttpCredential("api.test", "Authorization", value),
        Throws.ArgumentException.With.Message.Not.Contains("5ecret"));

    private static Task<WebServer> RecordingAsync(List<string?> seen, string header) =>
        WebServer.StartAsync(context =>
        {
            seen.Add(context.Request.Headers[header].ToString());
            return Task.CompletedTask;
        });
}
