using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Configuration;

internal sealed class HttpSettingsTests
{
    [Test]
    public void Section_WithEverything_IsRead()
    {
        var options = Read("""
            {
              "MaximumUrlLength": 1, "MaximumRequestBytes": 2, "MaximumResponseBytes": 3, "MaximumHeaders": 4,
              "MaximumHeaderBytes": 5, "MaximumRedirects": 6, "MaximumRequestsPerCall": 7,
              "MaximumConcurrentRequests": 8, "MaximumConnectionsPerServer": 9, "ConnectTimeout": "00:00:01",
              "RequestTimeout": "00:00:02", "Decompress": false, "PrivateHosts": ["a.internal", "*.b.internal"],
              "TraceContextHosts": ["c.internal"],
              "Credentials": [{ "Destination": "GET a.internal", "Header": "X-Key", "Value": "key" }]
            }
            """);
        var expected = new PluginHttpOptions
        {
            MaximumUrlLength = 1,
            MaximumRequestBytes = 2,
            MaximumResponseBytes = 3,
            MaximumHeaders = 4,
            MaximumHeaderBytes = 5,
            MaximumRedirects = 6,
            MaximumRequestsPerCall = 7,
            MaximumConcurrentRequests = 8,
            MaximumConnectionsPerServer = 9,
            ConnectTimeout = TimeSpan.FromSeconds(1),
            RequestTimeout = TimeSpan.FromSeconds(2),
            Decompress = false,
            PrivateHosts = ["a.internal", "*.b.internal"],
            TraceContextHosts = ["c.internal"],
        };
        Assert.That(options.Http, Is.EqualTo(expected).UsingPropertiesComparer());
        Assert.That(options.HttpCredentials.Single().ToString(), Is.EqualTo("X-Key for GET a.internal"));
    }

    [TestCase("""{ "MaximumRedirects": -1 }""", "Plugins:Http:MaximumRedirects is '-1'")]
    [TestCase("""{ "MaximumRedirect": 1 }""", "Plugins:Http:MaximumRedirect is unknown")]
    [TestCase("""{ "RequestTimeout": "00:00:00" }""", "Plugins:Http:RequestTimeout is out of range")]
    [TestCase("""{ "PrivateHosts": ["a.test", "http://b.test"] }""", "Plugins:Http:PrivateHosts:1 is 'http://b.test'")]
    [TestCase("""{ "TraceContextHosts": ["*"] }""", "Plugins:Http:TraceContextHosts:0 is '*'")]
    [TestCase("""{ "Credentials": [{ "Header": "X", "Value": "5ecret" }] }""", "Plugins:Http:Credentials:0 must be")]
    [TestCase("""{ "Credentials": [{ "Destination": "a", "Header": "Host", "Value": "5ecret" }] }""",
        "Plugins:Http:Credentials:0 is faulty")]
    [TestCase("""{ "Credentials": [{ "Destination": "*", "Header": "X", "Value": "5ecret" }] }""",
        "Plugins:Http:Credentials:0 is faulty")]
    [TestCase("""{ "Credentials": [{ "Destination": "a", "Header": "X", "Value": "5ecret\n" }] }""",
        "Plugins:Http:Credentials:0 is faulty")]
    [TestCase("""{ "Credentials": [{ "Destination": "a", "Header": "X", "Value": "5ecret", "Secret": "5ecret" }] }""",
        "Plugins:Http:Credentials:0:Secret is unknown")]
    public void Section_WithAFault_NamesItsPathAndNoSecret(string http, string fault)
    {
        var failure = Assert.Throws<OptionsValidationException>(() => Read(http))!;
        Assert.That(failure.Message, Does.Contain(fault).And.Not.Contains("5ecret"));
    }

    private static PluginHostOptions Read(string http)
    {
        var services = new ServiceCollection();
        var settings = JsonSettings.Read($$"""{ "Plugins": { "AllowUnsigned": true, "Http": {{http}} } }""");
        services.AddPlugins(settings.GetSection("Plugins"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<PluginHostOptions>>().Value;
    }
}
