using System.Text.Json;
using Plugins.Host.Tests.Support;

namespace Plugins.AspNetCore.Tests;

/// <summary>The manifest beside the source of examples/AspNetPricing's plugin is the one that was signed.</summary>
internal sealed class PricingSignatureTests
{
    private const string Folder = "examples/AspNetPricing/plugin/";

    [Test]
    public void Manifest_BesideTheSource_IsTheSignedOne()
    {
        using var written = JsonDocument.Parse(GuestFiles.Read(Folder + "manifest.json"));
        using var bundle = JsonDocument.Parse(GuestFiles.Read(Folder + "plugin.sigstore.json"));
        var payload = bundle.RootElement.GetProperty("dsseEnvelope").GetProperty("payload").GetBytesFromBase64();
        using var statement = JsonDocument.Parse(payload);
        var signed = statement.RootElement.GetProperty("predicate");
        foreach (var field in written.RootElement.EnumerateObject())
        {
            Assert.That(
                JsonElement.DeepEquals(signed.GetProperty(field.Name), field.Value), Is.True,
                $"{field.Name} is another; eng/sign-pricing.sh signs the manifest.");
        }
    }
}
