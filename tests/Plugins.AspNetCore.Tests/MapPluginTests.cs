using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Limits;
using Plugins.Host.Quotas;
using Plugins.Manifest;

namespace Plugins.AspNetCore.Tests;

internal sealed class MapPluginTests
{
    private const string Words = "examples/Pdk-Rust/word_count/plugin.wasm";
    private const string Hostile = "tests/guests/hostile.wasm";
    private const string Echo = "tests/guests/echo.wasm";

    [Test]
    public async Task Request_WithABody_IsAnsweredByThePlugin()
    {
        await using var application = await WordsAsync(Json);
        using var response = await application.PostAsync("/words", new StringContent("to be or not"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"words\":4"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json"));
    }

    [Test]
    public async Task Output_OfAGuest_RunsInNoBrowser()
    {
        await using var application = await WordsAsync(Json);
        using var response = await application.PostAsync("/words", new StringContent("a"));
        Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(["nosniff"]));
        Assert.That(
            response.Headers.GetValues("Content-Security-Policy").Single(),
            Does.Contain("default-src 'none'").And.EndWith("sandbox"));
    }

    [Test]
    public async Task Output_WithoutAMediaType_IsBytes()
    {
        await using var application = await WordsAsync(function => function);
        using var response = await application.PostAsync("/words", new StringContent("a"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/octet-stream"));
    }

    [Test]
    public async Task Output_OfText_HasItsCharset()
    {
        await using var application = await WordsAsync(function => function with { OutputMediaType = "text/plain" });
        using var response = await application.PostAsync("/words", new StringContent("a"));
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; charset=utf-8"));
    }

    [TestCase("text/html")]
    [TestCase("image/svg+xml")]
    [TestCase("application/javascript")]
    public async Task Output_OfAMediaTypeThatIsNotAllowed_IsRefused(string mediaType)
    {
        await using var application = await WordsAsync(function => function with { OutputMediaType = mediaType });
        using var response = await application.PostAsync("/words", new StringContent("a"));
        await AssertProblemAsync(response, HttpStatusCode.BadGateway, "output-media-type");
    }

    [Test]
    public async Task Input_OfAnotherMediaType_IsRefused()
    {
        await using var application = await WordsAsync(
            function => function with { InputMediaType = "application/json" });
        using var refused = await application.PostAsync("/words", new StringContent("a"));
        await AssertProblemAsync(refused, HttpStatusCode.UnsupportedMediaType, "input-media-type");
        using var taken = await application.PostAsync(
            "/words", new StringContent("a", Encoding.UTF8, "application/json"));
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Body_LongerThanThePluginTakes_IsRefused(bool hasLength)
    {
        await using var application = await WordsAsync(
            Json, options => options.MaximumLimits = options.MaximumLimits with { InputBytes = 1_000 });
        using var body = new StreamContent(new MemoryStream(new byte[100_000]));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/words") { Content = body };
        request.Headers.TransferEncodingChunked = !hasLength;
        using var response = await application.Client.SendAsync(request);
        Assert.That(response.Headers.ConnectionClose, Is.True, "what is left of the body is not read");
        await AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "input-limit");
    }

    [Test]
    public async Task Body_AsLongAsThePluginTakes_IsTaken()
    {
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("echo", Application.Module("echo", Echo)),
            app => app.MapPlugin("/echo", "echo", "echo_whole"),
            options => options.MaximumLimits = options.MaximumLimits with { InputBytes = 60_000 });
        var sent = new byte[60_000];
        Random.Shared.NextBytes(sent);
        using var response = await application.PostAsync("/echo", new ByteArrayContent(sent));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(sent));
    }

    [TestCase("trap_unreachable", HttpStatusCode.BadGateway, "trap")]
    [TestCase("spin", HttpStatusCode.BadGateway, "fuel-limit")]
    [TestCase("flood_output", HttpStatusCode.BadGateway, "output-limit")]
    [TestCase("fail_with_text", HttpStatusCode.UnprocessableEntity, "guest")]
    [TestCase("no_such_function", HttpStatusCode.NotFound, "unknown-function")]
    public async Task Failure_OfTheGuest_IsAProblemWithItsType(string function, HttpStatusCode status, string type)
    {
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("hostile", Application.Module("hostile", Hostile)),
            app => app.MapPlugin("/hostile", "hostile", function),
            options => options.DefaultLimits = options.DefaultLimits with
            {
                Fuel = 10_000_000, WallTime = TimeSpan.FromSeconds(30),
            });
        using var response = await application.PostAsync("/hostile", new StringContent(""));
        var problem = await AssertProblemAsync(response, status, type);
        Assert.That(problem.GetProperty("plugin").GetString(), Is.EqualTo("hostile"));
        Assert.That(problem.TryGetProperty("detail", out _), Is.False);
    }

    [Test]
    public async Task Plugin_ThatIsDisabled_IsAnsweredFor()
    {
        await using var application = await WordsAsync(Json);
        application.Catalog.Get("words").Disable();
        using var response = await application.PostAsync("/words", new StringContent("a"));
        await AssertProblemAsync(response, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Quota_ThatIsUsedUp_IsTooManyRequestsUntilItComesBack()
    {
        await using var application = await WordsAsync(Json, options => options.PluginQuota = new CallQuota
        {
            Fuel = 50_000, FuelInterval = TimeSpan.FromHours(20), MaximumWait = TimeSpan.Zero,
        });
        using var first = await application.PostAsync("/words", new StringContent(new string('a', 100_000)));
        Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var second = await application.PostAsync("/words", new StringContent("a"));
        await AssertProblemAsync(second, HttpStatusCode.TooManyRequests, "fuel-rate-limit");
        Assert.That(second.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task Version_ThatKeepsFailing_IsUnavailableAndDegradesHealth()
    {
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("hostile", Application.Module("hostile", Hostile)).ConfigureCatalog(
                new PluginCatalogOptions
                {
                    CircuitBreaker = new PluginCircuitBreaker
                    {
                        MinimumCalls = 2, BreakDuration = TimeSpan.FromHours(1),
                    },
                }),
            app =>
            {
                app.MapPlugin("/hostile", "hostile", "trap_unreachable");
                app.MapPluginAdmin("/admin", "operators").AllowAnonymous();
            });
        for (var call = 0; call < 2; call++)
        {
            using var failed = await application.PostAsync("/hostile", new StringContent(""));
            await AssertProblemAsync(failed, HttpStatusCode.BadGateway, "trap");
        }

        using var refused = await application.PostAsync("/hostile", new StringContent(""));
        await AssertProblemAsync(refused, HttpStatusCode.ServiceUnavailable, "circuit-open");
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.FromMinutes(50)));
        Assert.That(
            async () => await application.Client.GetStringAsync("/health"), Is.EqualTo("Degraded").After(600_000, 5));
        Assert.That(await application.Client.GetStringAsync("/admin/hostile"), Does.Contain("\"circuit\":\"Open\""));
    }

    [Test]
    public async Task Client_ThatLeaves_EndsTheCall()
    {
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("hostile", Application.Module("hostile", Hostile)),
            app => app.MapPlugin("/hostile", "hostile", "spin"),
            options =>
            {
                options.MeterFuel = false;
                options.MaximumLimits = options.MaximumLimits with { WallTime = TimeSpan.FromHours(1) };
                options.DefaultLimits = options.DefaultLimits with { WallTime = TimeSpan.FromHours(1) };
            });
        using var leaving = new CancellationTokenSource();
        var request = application.Client.PostAsync("/hostile", new StringContent(""), leaving.Token);
        var plugin = application.Catalog.Get("hostile");
        Assert.That(() => plugin.Uses, Is.EqualTo(1).After(600_000, 5));
        await leaving.CancelAsync();
        Assert.That(() => request, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => plugin.Uses, Is.Zero.After(600_000, 5));
    }

    [Test]
    public async Task Call_OfARequest_CanBeConfigured()
    {
        var options = new PluginEndpointOptions
        {
            ConfigureCall = (context, call) => call with { Tenant = context.Request.Headers["X-Tenant"] },
            AllowedMediaTypes = ["application/json"],
        };
        await using var application = await Application.StartAsync(
            plugins => plugins.AddPlugin("words", Application.Module("words", Words, Json)),
            app => app.MapPlugin("/words", "words", "word_count", options));
        using var response = await application.PostAsync("/words", new StringContent("a"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public void MapPlugin_OfAnUnknownPlugin_IsMisuse() => Assert.That(
        () => Application.StartAsync(_ => { }, app => app.MapPlugin("/x", "x", "run")),
        Throws.InvalidOperationException.With.Message.Contains("'x'"));

    private static ExportedFunction Json(ExportedFunction function) =>
        function with { OutputMediaType = "application/json" };

    private static Task<Application> WordsAsync(
        Func<ExportedFunction, ExportedFunction> change, Action<PluginHostOptions>? configure = null) =>
        Application.StartAsync(
            plugins => plugins.AddPlugin("words", Application.Module("words", Words, change)),
            app => app.MapPlugin("/words", "words", "word_count"),
            configure);

    private static async Task<JsonElement> AssertProblemAsync(
        HttpResponseMessage response, HttpStatusCode status, string type)
    {
        Assert.That(response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        using var document = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        var problem = document.RootElement.Clone();
        Assert.That(problem.GetProperty("type").GetString(), Is.EqualTo("urn:plugins:error:" + type));
        Assert.That(problem.GetProperty("status").GetInt32(), Is.EqualTo((int)status));
        Assert.That(problem.GetProperty("traceId").GetString(), Is.Not.Empty);
        return problem;
    }
}
