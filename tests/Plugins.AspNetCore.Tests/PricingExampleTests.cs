using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Plugins.Host.Catalog;
using Plugins.Host.Tests.Support;

namespace Plugins.AspNetCore.Tests;

/// <summary>examples/AspNetPricing as its clients see it, in memory and behind a real server.</summary>
[TestFixture(false)]
[TestFixture(true)]
internal sealed partial class PricingExampleTests(bool usesKestrel)
{
    private const string Key = "open-sesame";
    private const string Folder = "examples/AspNetPricing/";

    private readonly PricingExample _example = new(Key);
    private HttpClient _client;

    [OneTimeSetUp]
    public void Start()
    {
        if (usesKestrel)
        {
            _example.UseKestrel(0);
        }

        _client = _example.CreateClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _example.DisposeAsync();
    }

    // 12 × 4.50 + 2 × 12.50 = 79.00, and 14 pieces are 5 % cheaper: 3.95.
    [Test]
    public async Task Quote_OfTheCartInTheReadme_IsAsItSays()
    {
        var (response, body) = await QuoteAsync(await File.ReadAllTextAsync(GuestFiles.PathOf(Folder + "cart.json")));
        Assert.That(response, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(body, Is.EqualTo(
            """{"customer":"Ada","quantity":14,"subtotalCents":7900,"discountPercent":5,"discountCents":395,"""
            + "\"totalCents\":7505}"));
        Assert.That(await ReadmeAsync(), Does.Contain(body));
    }

    [Test]
    public async Task Shipping_OfTheCartInTheReadme_IsAsItSays()
    {
        var cart = await File.ReadAllTextAsync(GuestFiles.PathOf(Folder + "cart.json"));
        var (response, body) = await PostAsync("/shipping", cart);
        Assert.That(response, Is.EqualTo(HttpStatusCode.OK), body);
        Assert.That(body, Is.EqualTo("{\"cents\":0}"));
        Assert.That(await ReadmeAsync(), Does.Contain(body));
        Assert.That((await PostAsync("/shipping", Cart(Item(1, 1)))).Body, Is.EqualTo("{\"cents\":490}"));
    }

    [Test]
    public async Task Shipping_OfACartThatThePluginRefuses_IsAProblem()
    {
        var (response, body) = await PostAsync("/shipping", Cart());
        Assert.That(response, Is.EqualTo(HttpStatusCode.UnprocessableEntity), body);
        Assert.That(body, Does.Contain("urn:plugins:error:guest").And.Not.Contain("an item is needed"));
    }

    [Test]
    public async Task OpenApi_OfTheService_HasTheSchemasThatThePublisherSigned()
    {
        using var document = JsonDocument.Parse(await _client.GetStringAsync("/openapi/v1.json"));
        var quote = document.RootElement.GetProperty("paths").GetProperty("/quote").GetProperty("post");
        var content = quote.GetProperty("requestBody").GetProperty("content").GetProperty("application/json");
        var name = content.GetProperty("schema").GetProperty("$ref").GetString()!.Split('/')[^1];
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        var items = schemas.GetProperty(name).GetProperty("properties").GetProperty("items");
        Assert.That(items.GetProperty("maxItems").GetInt32(), Is.EqualTo(1_000));
    }

    [TestCase(9, 333, 0, 0)]
    [TestCase(10, 333, 5, 166)]
    [TestCase(99, 1, 5, 4)]
    [TestCase(100, 1, 10, 10)]
    [TestCase(1_000, 100_000_000, 10, 10_000_000_000)]
    public async Task Discount_OfManyPieces_IsRoundedDown(int quantity, int price, int percent, long discount)
    {
        var (response, body) = await QuoteAsync(Cart(Item(quantity, price)));
        Assert.That(response, Is.EqualTo(HttpStatusCode.OK), body);
        using var quote = JsonDocument.Parse(body);
        var subtotal = (long)quantity * price;
        Assert.That(quote.RootElement.GetProperty("subtotalCents").GetInt64(), Is.EqualTo(subtotal));
        Assert.That(quote.RootElement.GetProperty("discountPercent").GetInt32(), Is.EqualTo(percent));
        Assert.That(quote.RootElement.GetProperty("discountCents").GetInt64(), Is.EqualTo(discount));
        Assert.That(quote.RootElement.GetProperty("totalCents").GetInt64(), Is.EqualTo(subtotal - discount));
    }

    [Test]
    public async Task Quote_OfAsManyItemsAsMayBe_HasNoMoreThanThat()
    {
        var items = Enumerable.Repeat(Item(1_000, 100_000_000), 1_000);
        var (response, body) = await QuoteAsync(Cart([.. items]));
        Assert.That(response, Is.EqualTo(HttpStatusCode.OK), body);
        Assert.That(body, Does.Contain("\"subtotalCents\":100000000000000,"));
        await AssertRefusedAsync(Cart([.. items, Item(1, 1)]), "the cart: more than 1000 items");
    }

    [Test]
    public async Task Quote_OfFieldsThatItDoesNotKnow_SkipsThem()
    {
        var (_, body) = await QuoteAsync(
            """{"note":[{"items":1}],"items":[{"sku":"é","x":null,"quantity":1,"unitPriceCents":2}],"""
            + """ "customer":"\"Ä\""}""");
        Assert.That(body, Does.StartWith("""{"customer":"\"Ä\"","quantity":1,"subtotalCents":2,"""));
    }

    [TestCase("", "the cart: the input ends too early at byte 0")]
    [TestCase("[]", "the cart: not an object at byte 0")]
    [TestCase("""{"items":[]}""", "the cart: a customer is needed")]
    [TestCase("""{"customer":"Ada"}""", "the cart: an item is needed")]
    [TestCase("""{"customer":"Ada","items":[]}""", "the cart: an item is needed")]
    [TestCase("""{"customer":"Ada","items":[{}]}""", "the cart: items[0] needs a sku, a quantity and a unitPriceCents")]
    [TestCase("""{"customer":"Ada","items":[{"quantity":0}]}""", "the cart: a number out of range at byte 39")]
    [TestCase("""{"customer":"Ada","items":[{"quantity":1001}]}""", "the cart: a number out of range at byte 39")]
    [TestCase("""{"customer":"Ada","items":[{"quantity":1.5}]}""", "the cart: not an integer at byte 39")]
    [TestCase("""{"customer":"Ada","items":[{"unitPriceCents":-1}]}""", "the cart: a number out of range at byte 45")]
    public Task Cart_ThatIsWrong_IsRefusedWithTheReason(string cart, string reason) => AssertRefusedAsync(cart, reason);

    [Test]
    public async Task Problem_InTheReadme_IsWhatTheServiceSays()
    {
        var (_, body) = await QuoteAsync("""{"customer": "Ada", "items": [{"sku": "tea", "quantity": 1}]}""");
        Assert.That(WithoutTrace(await ReadmeAsync()), Does.Contain(WithoutTrace(body)));
    }

    [Test]
    public async Task Cart_LongerThanThePluginTakes_IsRefused()
    {
        var (response, body) = await QuoteAsync(new string(' ', 131_073));
        Assert.That(response, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(body, Does.Contain("urn:plugins:error:input-limit"));
    }

    [Test]
    public async Task Cart_OfAnotherMediaType_IsRefused()
    {
        using var response = await _client.PostAsync("/quote", new StringContent(Cart(Item(1, 1))));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase(null)]
    [TestCase("Bearer")]
    [TestCase("Bearer sesame")]
    [TestCase("Basic " + Key)]
    [TestCase("Bearer " + Key + "x")]
    public async Task Administration_WithoutTheKey_IsRefused(string? authorization)
    {
        using var listed = await AdministerAsync(HttpMethod.Get, "/admin", authorization);
        Assert.That(listed.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(listed.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Bearer"));
        Assert.That(listed.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        using var disabled = await AdministerAsync(HttpMethod.Post, "/admin/pricing/disable", authorization);
        Assert.That(disabled.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        var plugin = _example.Services.GetRequiredService<PluginCatalog>().Get("pricing");
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.Active));
    }

    [TestCase(null)]
    [TestCase("")]
    public async Task Administration_OfAServiceWithoutAKey_IsForNobody(string? key)
    {
        await using var example = new PricingExample(key);
        using var client = example.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer ");
        using var response = await client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Administration_WithTheKey_ShowsASignedPluginAndReloadsIt()
    {
        using var response = await AdministerAsync(HttpMethod.Post, "/admin/pricing/reload", "Bearer " + Key);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        using var plugin = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.That(plugin.RootElement.GetProperty("state").GetString(), Is.EqualTo("Active"));
        var version = plugin.RootElement.GetProperty("version");
        Assert.That(version.GetProperty("id").GetString(), Is.EqualTo("acme/pricing"));
        Assert.That(version.GetProperty("signed").GetBoolean(), Is.True);
    }

    [Test]
    public async Task Health_OfTheService_IsHealthy()
    {
        using var response = await _client.GetAsync("/healthz");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("Healthy"));
        // Only a real server tells its name.
        Assert.That(response.Headers.Server.ToString(), Is.EqualTo(usesKestrel ? "Kestrel" : ""));
    }

    [Test]
    public async Task Metrics_OfTheService_CountItsQuotes()
    {
        await QuoteAsync(Cart(Item(1, 1)));
        _example.Services.GetRequiredService<MeterProvider>().ForceFlush();
        var calls = _example.Metrics.Single(metric => metric.Name == "plugin.call.duration");
        List<object?> plugins = [];
        foreach (ref readonly var point in calls.GetMetricPoints())
        {
            foreach (var tag in point.Tags)
            {
                plugins.Add(tag.Value);
            }
        }

        Assert.That(plugins, Does.Contain("acme/pricing"));
    }

    private static string Cart(params string[] items) =>
        $$"""{"customer":"Ada","items":[{{string.Join(',', items)}}]}""";

    private static string Item(int quantity, int price) =>
        $$"""{"sku":"tea","quantity":{{quantity}},"unitPriceCents":{{price}}}""";

    private static string WithoutTrace(string text) => TraceId().Replace(text, "");

    private static Task<string> ReadmeAsync() => File.ReadAllTextAsync(GuestFiles.PathOf(Folder + "README.md"));

    private async Task AssertRefusedAsync(string cart, string reason)
    {
        var (response, body) = await QuoteAsync(cart);
        Assert.That(response, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        using var problem = JsonDocument.Parse(body);
        Assert.That(problem.RootElement.GetProperty("type").GetString(), Is.EqualTo("urn:plugins:error:guest"));
        Assert.That(problem.RootElement.GetProperty("detail").GetString(), Is.EqualTo(reason));
    }

    private Task<(HttpStatusCode Status, string Body)> QuoteAsync(string cart) => PostAsync("/quote", cart);

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string cart)
    {
        using var content = new StringContent(cart, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> AdministerAsync(HttpMethod method, string path, string? authorization)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization =
            authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        return await _client.SendAsync(request);
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"", RegexOptions.None, 60_000)]
    private static partial Regex TraceId();
}
