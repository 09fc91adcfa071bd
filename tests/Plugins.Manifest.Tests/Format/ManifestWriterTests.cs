using System.Text;
using System.Text.Json;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests.Format;

public sealed class ManifestWriterTests
{
    [Test]
    public void ToJson_EveryField_RoundTrips()
    {
        var read = PluginManifest.Parse(TestPlugin.FullManifest.ToJson());

        Assert.That(Encoding.UTF8.GetString(read.ToJson()), Is.EqualTo(TestPlugin.FullJson));
        Assert.That(read.Limits, Is.EqualTo(TestPlugin.FullManifest.Limits));
        Assert.That(read.Functions[0], Is.EqualTo(TestPlugin.FullManifest.Functions[0]));
        Assert.That(read.Permissions, Is.EqualTo(TestPlugin.FullManifest.Permissions));
        Assert.That(read.Config, Is.EqualTo(TestPlugin.FullManifest.Config));
        Assert.That(read.Provenance, Is.EqualTo(TestPlugin.FullManifest.Provenance));
        Assert.That(read.HostApi, Is.EqualTo(TestPlugin.FullManifest.HostApi));
    }

    [Test]
    public void FullManifest_Written_HoldsEveryKnownField()
    {
        using var json = JsonDocument.Parse(TestPlugin.FullJson);

        Assert.That(json.RootElement.EnumerateObject().Count(), Is.EqualTo(19));
        Assert.That(json.RootElement.GetProperty("limits").EnumerateObject().Count(), Is.EqualTo(14));
    }

    [Test]
    public void ToJson_Indented_ReadsBackTheSame() =>
        Assert.That(PluginManifest.Parse(TestPlugin.FullManifest.ToJson(indented: true)).ToJson(),
            Is.EqualTo(TestPlugin.FullManifest.ToJson()));

    [Test]
    public void ToJson_TimeWithFractionAndOffset_IsWholeUtcSeconds()
    {
        var time = new DateTimeOffset(2026, 3, 1, 13, 0, 0, 999, TimeSpan.FromHours(1));
        var manifest = TestPlugin.Manifest with { IssuedAt = time };

        Assert.That(PluginManifest.Parse(manifest.ToJson()).IssuedAt, Is.EqualTo(TestPlugin.IssuedAt));
    }

    // Without the check each of these would write a manifest other than the one in memory.
    [TestCase("""true,"outputSchema":false""")]
    [TestCase("""true}],"permissions":[{"name":"a","reason":"b"}""")]
    [TestCase("true false")]
    [TestCase("")]
    public void ToJson_SchemaThatIsNotOneValue_IsRefused(string schema)
    {
        var function = new ExportedFunction { Name = "f", InputSchema = schema };
        var manifest = TestPlugin.Manifest with { Functions = [function] };

        Assert.That(
            () => manifest.ToJson(),
            Throws.TypeOf<ManifestFormatException>().With.Property("Path").EqualTo("$.functions[0].inputSchema"));
    }

    [Test]
    public void Validate_BadField_NamesIt()
    {
        var manifest = TestPlugin.Manifest with { Sequence = PluginManifest.MaxInteger + 1 };

        Assert.That(
            manifest.Validate,
            Throws.TypeOf<ManifestFormatException>().With.Property("Path").EqualTo("$.sequence"));
    }

    [Test]
    public void Validate_EmptyScope_IsNotTakenForEverything()
    {
        var request = new PermissionRequest { Name = "a.b", Reason = "c", Scope = PermissionScope.Nothing };
        var manifest = TestPlugin.Manifest with { Permissions = [request] };

        Assert.That(manifest.Validate, Throws.TypeOf<ManifestFormatException>());
    }

    [Test]
    public void ToJson_HalfASurrogatePair_IsReplaced()
    {
        var manifest = TestPlugin.Manifest with { Audience = ["\ud800"] };

        Assert.That(PluginManifest.Parse(manifest.ToJson()).Audience, Is.EqualTo(["\uFFFD"]));
    }
}
