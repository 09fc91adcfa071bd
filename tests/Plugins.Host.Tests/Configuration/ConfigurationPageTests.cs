using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Configuration;

/// <summary>The example in docs/host.md.</summary>
internal sealed class ConfigurationPageTests
{
    [Test]
    public void Example_OnThePage_IsReadAsItSays()
    {
        using var folder = new TemporaryFolder();
        var key = Path.Combine(folder.Path, "acme.pub");
        File.WriteAllText(key, Signing.PublicKeyPem);
        var path = key.Replace('\\', '/');
        var json = Example().Replace("keys/acme.pub", path, StringComparison.Ordinal);
        var services = new ServiceCollection();
        services.AddPlugins(JsonSettings.Read(json).GetSection("Plugins"));
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<PluginHostOptions>>().Value;

        Assert.That(options.TrustPolicy!.Find("acme")!.Keys, Has.Count.EqualTo(1));
        Assert.That(options.Audience, Is.EqualTo(["shop.example"]));
        Assert.That(options.Permissions.ScopeOf("rates.find").Items, Is.EqualTo(["EUR", "USD"]));
        Assert.That(options.DefaultLimits, Is.EqualTo(PluginLimits.Default with { MemoryPages = 512 }));
        Assert.That(options.MaximumLimits.WallTime, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(options.ModuleLimits.ModuleBytes, Is.EqualTo(8 << 20));
        Assert.That(options.MaximumInstances, Is.EqualTo(16));
        Assert.That(options.MaximumInstanceWait, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    private static string Example()
    {
        var page = File.ReadAllText(GuestFiles.PathOf("docs/host.md"));
        var section = page[page.IndexOf("## Configuration", StringComparison.Ordinal)..];
        return section.Split("```json\n", 2)[1].Split("```", 2)[0];
    }
}
