using System.Text;
using Plugins.Host.Capabilities;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Loading;

/// <summary>The example in docs/manifest.md.</summary>
internal sealed class ManifestPageTests
{
    [Test]
    public void Example_OnThePage_LoadsTheModuleThatItDescribes()
    {
        var page = File.ReadAllText(GuestFiles.PathOf("docs/manifest.md"));
        var json = page.Split("```json\n", 2)[1].Split("```", 2)[0];
        var manifest = PluginManifest.Parse(Encoding.UTF8.GetBytes(json));
        var options = new PluginHostOptions { AllowUnsigned = true, Permissions = PermissionCeiling.Anything };
        options.AddFunction("http.send", (_, _, _) => CapabilityStatus.NotFound);
        using var host = new PluginHost(options);

        using var plugin = host.LoadUnsigned(
            GuestFiles.Read("examples/Pdk-Rust/slugify/plugin.wasm"),
            manifest,
            new PluginLoadOptions
            {
                Configuration = new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = "t" },
            });

        Assert.That(plugin.CallText("slugify", "Hello, World").Value, Is.EqualTo("hello-world"));
    }
}
