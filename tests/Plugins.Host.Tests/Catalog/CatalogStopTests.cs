using Plugins.Host.Catalog;
using Plugins.Host.DependencyInjection;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

internal sealed class CatalogStopTests
{
    [Test]
    public async Task Stop_WithoutCalls_DisposesTheVersions()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var catalog = scene.Catalog();
        await catalog.StartAsync();
        var plugin = catalog.Get("pricing");
        Assert.That(await catalog.StopAsync(), Is.True);
        var failure = Assert.Throws<PluginUnavailableException>(() => plugin.Call("run", []))!;
        Assert.That(failure.Reason, Is.EqualTo(PluginUnavailableReason.Stopped));
        Assert.That(catalog.Current.Plugins["pricing"].State, Is.EqualTo(PluginState.Stopped));
        Assert.That((await plugin.ReloadAsync()).Outcome, Is.EqualTo(PluginReloadOutcome.Stopped));
        Assert.That(scene.Rig.Engine.Guests, Has.All.Property(nameof(FakeGuest.IsDisposed)).True);
    }

    [Test]
    public async Task Stop_WhileTheSourceTellsOfAVersion_DoesNotWaitForItself()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        using var folder = scene.Source();
        var source = new TellingSource(folder);
        var catalog = scene.Catalog(entry => new CatalogEntry(entry.Name, source));
        await catalog.StartAsync();
        await catalog.StopAsync();
        Assert.That(source.CameBack, Is.True);
    }

    [Test]
    public async Task Stop_WhileACallRuns_WaitsForIt()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var goOn = new TaskCompletionSource();
        var call = await BeginCallAsync(scene, goOn.Task);
        var stop = new PluginCatalogService(scene.Rig.Host, call.Catalog).StoppedAsync(default);
        Assert.That(stop.IsCompleted, Is.False);
        goOn.SetResult();
        await stop;
        Assert.That(async () => await call.Result, Throws.Nothing);
    }

    [Test]
    public async Task Stop_WithoutPatience_InterruptsTheCall()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var call = await BeginCallAsync(scene, null);
        await new PluginCatalogService(scene.Rig.Host, call.Catalog).StoppedAsync(new CancellationToken(true));
        Assert.That(async () => await call.Result, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Stop_WhenPatienceIsOver_InterruptsTheCall()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var options = new PluginCatalogOptions { StopPatience = TimeSpan.FromMilliseconds(1) };
        var call = await BeginCallAsync(scene, null, options);
        await new PluginCatalogService(scene.Rig.Host, call.Catalog).StoppedAsync(default);
        Assert.That(async () => await call.Result, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Service_AtItsStart_LoadsThePlugins()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var catalog = scene.Catalog();
        await new PluginCatalogService(scene.Rig.Host, catalog).StartingAsync(default);
        Assert.That(catalog.Current.Plugins["pricing"].State, Is.EqualTo(PluginState.Active));
    }

    /// <summary>A call that runs until a task ends, or, where there is none, until it is interrupted.</summary>
    private static async Task<(PluginCatalog Catalog, Task<PluginResult> Result)> BeginCallAsync(
        CatalogScene scene, Task? end, PluginCatalogOptions? options = null)
    {
        var started = new TaskCompletionSource();
        scene.Running = guest =>
        {
            started.SetResult();
            end?.Wait();
            return end is null ? guest.SpinForever() : 0;
        };
        var catalog = scene.Catalog(options: options);
        await catalog.StartAsync();
        var result = Task.Run(() => catalog.Get("pricing").Call("run", []));
        await started.Task;
        return (catalog, result);
    }
}
