using Microsoft.AspNetCore.Http;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Capabilities.Http.Support;

namespace Plugins.Host.Tests.Capabilities.Http;

internal sealed class RedirectTests
{
    [TestCase(301, "GET", "GET", true)]
    [TestCase(301, "POST", "GET", false)]
    [TestCase(301, "PUT", "PUT", true)]
    [TestCase(302, "POST", "GET", false)]
    [TestCase(303, "PUT", "GET", false)]
    [TestCase(303, "HEAD", "HEAD", true)]
    [TestCase(307, "POST", "POST", true)]
    [TestCase(308, "DELETE", "DELETE", true)]
    public async Task Redirect_OfAMethod_GoesOnAsTheStandardSays(
        int status, string method, string expected, bool keepsContent)
    {
        string? seen = null;
        await using var server = await WebServer.StartAsync(async context =>
        {
            if (context.Request.Path == "/from")
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = "to?x=1";
                return;
            }

            using var reader = new StreamReader(context.Request.Body);
            seen = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} "
                + $"{context.Request.ContentType} {await reader.ReadToEndAsync()}";
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        var hasBody = method is not ("GET" or "HEAD");

        await sending.SendAsync(
            method, $"http://api.test:{server.Port}/from", hasBody ? "body"u8.ToArray() : [],
            hasBody ? [("Content-Type", "text/plain")] : []);

        var content = hasBody && keepsContent ? "text/plain body" : " ";
        Assert.That(seen, Is.EqualTo($"{expected} /to?x=1 {content}"));
    }

    [TestCase("http://other.test:{0}/", nameof(HttpFailureKind.OutOfScope))]
    [TestCase("http://127.0.0.1:{0}/", nameof(HttpFailureKind.OutOfScope))]
    [TestCase("http://169.254.169.254/latest/meta-data/", nameof(HttpFailureKind.OutOfScope))]
    [TestCase("//other.test:{0}/", nameof(HttpFailureKind.OutOfScope))]
    [TestCase("http://api.test:1/", nameof(HttpFailureKind.OutOfScope))]
    [TestCase("http://denied.test:{0}/", nameof(HttpFailureKind.AddressDenied))]
    [TestCase("file:///etc/passwd", nameof(HttpFailureKind.OutOfScope))]
    [TestCase("http://user@api.test:{0}/", nameof(HttpFailureKind.OutOfScope))]
    public async Task Redirect_ToWhatIsNotGranted_IsDeniedAtThatOrigin(string location, string kind)
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = string.Format(
                System.Globalization.CultureInfo.InvariantCulture, location, context.Connection.LocalPort);
            return Task.CompletedTask;
        });
        using var sending = new Sending
        {
            Names = host => [System.Net.IPAddress.Parse(host == "denied.test" ? "169.254.169.254" : "127.0.0.1")],
        }.Within($"http://api.test:{server.Port}", $"http://denied.test:{server.Port}");

        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/from"));

        Assert.That(failure.Kind.ToString(), Is.EqualTo(kind));
        Assert.That(server.Requests, Is.EqualTo(["GET /from"]));
    }

    [Test]
    public async Task Redirect_ToAMethodThatIsNotGranted_IsDenied()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"POST http://api.test:{server.Port}");
        var failure = await Sending.FailureOf(() => sending.SendAsync("POST", $"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.OutOfScope), "302 makes a GET of it");
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Redirect_ToItself_EndsAtTheLimit()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Redirect("/");
            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        sending.Options = sending.Options with { MaximumRedirects = 3 };
        var failure = await Sending.FailureOf(() => sending.GetAsync($"http://api.test:{server.Port}/"));
        Assert.That(failure.Kind, Is.EqualTo(HttpFailureKind.TooManyRedirects));
        Assert.That(server.Requests, Has.Count.EqualTo(4));
        Assert.That(sending.Call.Requests, Is.EqualTo(4), "each counts");
    }

    [Test]
    public async Task Redirect_WhereNoneIsFollowed_IsTheResponse()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.Redirect("http://169.254.169.254/");
            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        sending.Options = sending.Options with { MaximumRedirects = 0 };
        var response = await sending.GetAsync($"http://api.test:{server.Port}/");
        Assert.That(response.Status, Is.EqualTo(302));
        Assert.That(response.Headers.Select(header => header.Key), Has.Some.EqualTo("Location"));
    }

    [TestCase("Location: /a\r\nLocation: /b\r\n")]
    [TestCase("Location: http://[\r\n")]
    [TestCase("")]
    public async Task Redirect_ToNowhere_IsTheResponse(string headers)
    {
        using var server = new LyingServer($"HTTP/1.1 302 \r\n{headers}Content-Length: 0\r\n\r\n");
        using var sending = new Sending().Within($"http://api.test:{server.Port}");
        Assert.That((await sending.GetAsync($"http://api.test:{server.Port}/")).Status, Is.EqualTo(302));
        Assert.That(server.Heads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Redirect_ToAnotherOrigin_LeavesSecretsOfTheGuestBehind()
    {
        var seen = new List<string>();
        await using var server = await WebServer.StartAsync(context =>
        {
            seen.Add(string.Join(' ', context.Request.Headers.Keys
                .Where(name => name is not ("Host" or "Accept-Encoding")).Order(StringComparer.Ordinal)));
            if (context.Request.Host.Host == "one.test")
            {
                context.Response.Redirect($"http://two.test:{context.Connection.LocalPort}/");
            }

            return Task.CompletedTask;
        });
        using var sending = new Sending().Within($"http://*.test:{server.Port}");

        await sending.GetAsync(
            $"http://one.test:{server.Port}/",
            ("Authorization", "secret"), ("Cookie", "secret"), ("X-Api-Key", "secret"), ("Accept", "text/plain"));

        Assert.That(seen, Is.EqualTo(["Accept Authorization Cookie X-Api-Key", "Accept"]));
    }

    [Test]
    public void Redirect_FromSecureToPlain_IsRefusedWhateverIsGranted()
    {
        var request = new GuestRequest("GET", new Uri("https://a.test/"), [], default);
        Assert.That(Redirects.IsDowngrade(request.Address, new Uri("http://a.test/")));
        Assert.That(Redirects.IsDowngrade(request.Address, new Uri("https://b.test/")), Is.False);
        Assert.That(Redirects.IsDowngrade(new Uri("http://a.test/"), new Uri("http://b.test/")), Is.False);
    }
}
