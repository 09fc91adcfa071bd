using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Manifest;
using Plugins.Manifest.Signing;

namespace Plugins.Host.Tests.Support;

/// <summary>A folder with a signed plugin, whose versions a test replaces, and a catalog that has it.</summary>
internal sealed class CatalogScene : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<PluginCatalog> _catalogs = [];

    internal CatalogScene()
    {
        Rig = new Rig().Guest("run", guest => Running(guest));
        Rig.Options.TrustPolicy = Signing.Policy;
        Directory.CreateDirectory(Folder);
    }

    internal Rig Rig { get; }

    internal string Folder => Path.Combine(_folder.Path, "plugin");

    internal Func<FakeGuest, int> Running { get; set; } = _ => 0;

    internal FolderWatchOptions Watch { get; set; } = new()
    {
        Quiet = TimeSpan.FromMilliseconds(20), PollInterval = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>Puts a version into the folder: its module's bytes are those of its number.</summary>
    internal CatalogScene Write(string version)
    {
        var (module, signature) = Make(version);
        WriteModule(module);
        WriteSignature(signature);
        return this;
    }

    internal (byte[] Module, byte[] Signature) Make(string version)
    {
        var module = System.Text.Encoding.UTF8.GetBytes(version);
        var manifest = Rig.Manifest() with
        {
            Version = SemanticVersion.Parse(version), Module = ManifestModule.Describe(module),
        };
        return (module, Signing.Sign(manifest, module));
    }

    internal void WriteModule(byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, "plugin.wasm"), bytes);

    internal void WriteSignature(byte[] bytes) =>
        File.WriteAllBytes(Path.Combine(Folder, "plugin.sigstore.json"), bytes);

    internal FolderPluginSource Source() => new(Folder, watch: Watch);

    internal PluginCatalog Catalog(
        Func<CatalogEntry, CatalogEntry>? change = null, PluginCatalogOptions? options = null)
    {
        var entry = new CatalogEntry("pricing", Source()) { Watch = false };
        var catalog = new PluginCatalog(Rig.Host, [change?.Invoke(entry) ?? entry], options);
        _catalogs.Add(catalog);
        return catalog;
    }

    /// <summary>A catalog that has loaded its plugin.</summary>
    internal async Task<CatalogPlugin> StartAsync(
        Func<CatalogEntry, CatalogEntry>? change = null, PluginCatalogOptions? options = null)
    {
        var catalog = Catalog(change, options);
        await catalog.StartAsync();
        return catalog.Get("pricing");
    }

    /// <summary>Waits for a state that other threads bring about.</summary>
    internal static async Task UntilAsync(Func<bool> condition)
    {
        for (var attempt = 0; !condition(); attempt++)
        {
            Assert.That(attempt, Is.LessThan(60_000), "It does not happen.");
            await Task.Delay(10);
        }
    }

    public void Dispose()
    {
        _catalogs.ForEach(catalog => catalog.Dispose());
        Rig.Dispose();
        _folder.Dispose();
    }
}
