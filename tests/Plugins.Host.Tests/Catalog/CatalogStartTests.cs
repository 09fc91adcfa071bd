using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

internal sealed class CatalogStartTests
{
    [Test]
    public async Task Start_OfAFolder_LoadsItAndSaysSo()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.Active));
        Assert.That(plugin.Status.Version!.Version.ToString(), Is.EqualTo("1.0.0"));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Start_WithoutTheFolder_FailsWithItsPath()
    {
        using var scene = new CatalogScene();
        Directory.Delete(scene.Folder);
        var failure = (await Assert.ThrowsAsync<PluginUnavailableException>(() => scene.StartAsync()))!;
        Assert.That(failure.Message, Does.Contain("'pricing'").And.Contain($"There is no folder '{scene.Folder}'"));
        Assert.That(failure.InnerException, Is.TypeOf<DirectoryNotFoundException>());
        Assert.That(failure.Reason, Is.EqualTo(PluginUnavailableReason.LoadFailed));
    }

    [Test]
    public async Task Start_WithoutTheModule_FailsWithItsPath()
    {
        using var scene = new CatalogScene();
        var failure = (await Assert.ThrowsAsync<PluginUnavailableException>(() => scene.StartAsync()))!;
        Assert.That(failure.Message, Does.Contain(Path.Combine(scene.Folder, "plugin.wasm")));
    }

    [Test]
    public async Task Start_WithoutAnOptionalPlugin_GoesOn()
    {
        using var scene = new CatalogScene();
        var plugin = await scene.StartAsync(entry => entry with { IsRequired = false });
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.Failed));
        var failure = Assert.Throws<PluginUnavailableException>(() => plugin.Call("run", []));
        Assert.That(failure.InnerException, Is.TypeOf<FileNotFoundException>());
        Assert.That(scene.Rig.Loggers.Entries.Single(entry => entry.Id == 1002).Message, Does.Contain(scene.Folder));
    }

    [Test]
    public async Task Start_OfSeveralThatFail_NamesEach()
    {
        using var scene = new CatalogScene();
        using var catalog = new PluginCatalog(
            scene.Rig.Host, [new CatalogEntry("one", scene.Source()), new CatalogEntry("two", scene.Source())]);
        var failure = (await Assert.ThrowsAsync<AggregateException>(() => catalog.StartAsync()))!;
        Assert.That(
            failure.InnerExceptions.Cast<PluginUnavailableException>().Select(inner => inner.Name),
            Is.EquivalentTo(["one", "two"]));
    }

    [Test]
    public async Task Call_OfAPluginLoadedOnDemand_LoadsItOnce()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync(entry => entry with { LoadAtStart = false });
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.NotLoaded));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => plugin.CallAsync("run", default)));
        plugin.Call("run", []);
        Assert.That(scene.Rig.Engine.Compiled, Has.Count.EqualTo(1));
    }

    [Test]
    public void Call_WithoutAStart_LoadsThePlugin()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        Assert.That(() => scene.Catalog().Get("pricing").Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Call_AfterAFailedLoad_IsNotAnotherLoad()
    {
        using var scene = new CatalogScene();
        var plugin = scene.Catalog().Get("pricing");
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginUnavailableException>());
        scene.Write("1.0.0");
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginUnavailableException>());
        Assert.That(scene.Rig.Engine.Compiled, Is.Empty);
    }

    [Test]
    public void Catalog_WithANameTwice_IsMisuse()
    {
        using var scene = new CatalogScene();
        CatalogEntry[] entries = [new("one", scene.Source()), new("one", scene.Source())];
        Assert.That(() => new PluginCatalog(scene.Rig.Host, entries), Throws.ArgumentException);
    }

    [Test]
    public void Catalog_AskedForAnUnknownName_IsMisuse()
    {
        using var scene = new CatalogScene();
        Assert.That(() => scene.Catalog().Get("other"), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(scene.Catalog().TryGet("other", out _), Is.False);
    }

    [Test]
    public async Task Plugin_OfAnUnsignedFolder_IsLoadedWhereThatIsAllowed()
    {
        using var scene = new CatalogScene();
        scene.WriteModule([1, 2, 3]);
        using var source = new FolderPluginSource(scene.Folder, watch: scene.Watch) { IsUnsigned = true };
        using var catalog = new PluginCatalog(scene.Rig.Host, [new CatalogEntry("own", source)]);
        await catalog.StartAsync();
        Assert.That(catalog.Current.Plugins["own"].Version!.IsSigned, Is.False);
    }
}
