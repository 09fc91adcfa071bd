using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Host.Tests.Configuration;

internal sealed class TrustSettingsTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Publisher_WithAKeyInTheConfiguration_IsTrusted() =>
        CheckTrusted(JsonSerializer.Serialize(new { acme = Signing.PublicKeyPem }));

    [Test]
    public void Publisher_WithTheFileOfAKey_IsTrusted() =>
        CheckTrusted(JsonSerializer.Serialize(new { acme = new[] { Write("acme.pub", Signing.PublicKeyPem) } }));

    [Test]
    public void Policy_InAFile_IsRead()
    {
        var pem = JsonSerializer.Serialize(Signing.PublicKeyPem);
        var path = Write("trust.json", $$"""
            {
              "keys": [{ "name": "k", "pem": {{pem}} }],
              "publishers": [{ "name": "acme", "keys": ["k"], "permissions": [{ "name": "clock.now" }] }]
            }
            """);
        var publisher = CheckTrusted(JsonSerializer.Serialize(path));
        Assert.That(publisher.Ceiling.Grants.Select(grant => grant.Name), Is.EqualTo(["clock.now"]));
    }

    [TestCase("\"missing.json\"", "Plugins:TrustPolicy cannot be read")]
    [TestCase("\"\"", "Plugins:TrustPolicy is empty")]
    [TestCase("\"-----BEGIN PUBLIC KEY-----\"", "Plugins:TrustPolicy is a key; it belongs below the name of its")]
    [TestCase("""{ "acme": "missing.pub" }""", "Plugins:TrustPolicy:acme cannot be read: There is no file")]
    [TestCase("""{ "acme": ["missing.pub"] }""", "Plugins:TrustPolicy:acme:0 cannot be read: There is no file")]
    [TestCase("""{ "acme": "" }""", "Plugins:TrustPolicy is faulty: keys[acme-1]: ")]
    [TestCase("""{ "acme": "-----BEGIN PUBLIC KEY-----" }""", "Plugins:TrustPolicy is faulty: keys[acme-1]: ")]
    [TestCase("""{ "Not A Publisher": "-----BEGIN PUBLIC KEY-----" }""", "Plugins:TrustPolicy is faulty")]
    public void Policy_ThatIsFaulty_IsRefusedAtStart(string json, string expected)
    {
        using var provider = Provide(json);
        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<PluginHost>())!;
        Assert.That(failure.Failures.Single(), Does.Contain(expected));
    }

    [Test]
    public void File_ThatIsMissing_IsNamedByItsFullPath()
    {
        using var provider = Provide("""{ "acme": "keys/missing.pub" }""");
        Assert.That(
            () => provider.GetRequiredService<PluginHost>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains(Path.GetFullPath("keys/missing.pub")));
    }

    [Test]
    public void Policy_InAFileWithAKey_SaysWhereKeysBelong()
    {
        using var provider = Provide(JsonSerializer.Serialize(Write("acme.pub", Signing.PublicKeyPem)));
        Assert.That(
            () => provider.GetRequiredService<PluginHost>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Plugins:TrustPolicy is a key; it"));
    }

    [Test]
    public void Policy_InAFileThatIsNone_IsRefusedAtStart()
    {
        using var provider = Provide(JsonSerializer.Serialize(Write("trust.json", "{}")));
        Assert.That(
            () => provider.GetRequiredService<PluginHost>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Plugins:TrustPolicy is faulty"));
    }

    private static TrustedPublisher CheckTrusted(string json)
    {
        using var provider = Provide(json);
        var policy = provider.GetRequiredService<IOptions<PluginHostOptions>>().Value.TrustPolicy!;
        Assert.That(policy.Keys.Single().Id, Is.EqualTo(Signing.Policy.Keys.Single().Id));
        return policy.Publishers.Single(publisher => publisher.Name == "acme");
    }

    private static ServiceProvider Provide(string json)
    {
        var services = new ServiceCollection();
        services.AddPlugins(
            JsonSettings.Read($$"""{ "Plugins": { "TrustPolicy": {{json}} } }""").GetSection("Plugins"));
        return services.BuildServiceProvider();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
