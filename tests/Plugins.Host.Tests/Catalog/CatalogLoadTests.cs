using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

/// <summary>What goes on while a version is loaded.</summary>
internal sealed class CatalogLoadTests
{
    [Test]
    public async Task Lease_WhileTheFirstLoadRuns_HoldsNoThread()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        using var goOn = new ManualResetEventSlim();
        scene.Rig.Engine.Compiling = goOn.Wait;
        var plugin = scene.Catalog(entry => entry with { LoadAtStart = false }).Get("pricing");
        var lease = plugin.LeaseAsync();
        Assert.That(lease.IsCompleted, Is.False);
        goOn.Set();
        using var taken = await lease;
        Assert.That(() => taken.Plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Lease_ThatIsCancelled_LeavesTheLoadToOthers()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        using var goOn = new ManualResetEventSlim();
        using var leaving = new CancellationTokenSource();
        scene.Rig.Engine.Compiling = goOn.Wait;
        var plugin = scene.Catalog(entry => entry with { LoadAtStart = false }).Get("pricing");
        var gone = plugin.LeaseAsync(cancellationToken: leaving.Token).AsTask();
        var lease = plugin.LeaseAsync();
        await leaving.CancelAsync();
        Assert.That(() => gone, Throws.InstanceOf<OperationCanceledException>());
        goOn.Set();
        (await lease).Dispose();
        Assert.That(scene.Rig.Engine.Compiled, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Stop_WhileAVersionIsRead_DoesNotWaitForIt()
    {
        using var scene = new CatalogScene();
        var reading = new TaskCompletionSource();
        using var catalog = Catalog(scene, async cancellation =>
        {
            reading.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null!;
        });
        var reload = catalog.Get("slow").ReloadAsync();
        await reading.Task;
        Assert.That(await catalog.StopAsync(), Is.True);
        Assert.That((await reload).Outcome, Is.EqualTo(PluginReloadOutcome.Stopped));
    }

    [Test]
    public async Task Stop_WhileALoadListensToNobody_HasItsVersionDisposed()
    {
        using var scene = new CatalogScene();
        var reading = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        Plugin? loaded = null;
        using var catalog = Catalog(scene, async _ =>
        {
            reading.SetResult();
            await goOn.Task;
            return new PluginPackage("here", (host, _) => loaded = host.LoadUnsigned(
                [1, 2, 3], scene.Rig.Manifest(), cancellationToken: CancellationToken.None));
        });
        var reload = catalog.Get("slow").ReloadAsync();
        await reading.Task;
        Assert.That(await catalog.StopAsync(), Is.True);
        goOn.SetResult();
        Assert.That((await reload).Outcome, Is.EqualTo(PluginReloadOutcome.Stopped));
        Assert.That(() => loaded!.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => catalog.Get("slow").Call("run", []), Throws.TypeOf<PluginUnavailableException>());
    }

    private static PluginCatalog Catalog(
        CatalogScene scene, Func<CancellationToken, Task<PluginPackage>> read) =>
        new(scene.Rig.Host, [new CatalogEntry("slow", new ReadingSource(read))]);

    private sealed class ReadingSource(Func<CancellationToken, Task<PluginPackage>> read) : IPluginSource
    {
        public string Location => "here";

        public async ValueTask<PluginPackage> ReadAsync(
            long maximumModuleBytes, CancellationToken cancellationToken) => await read(cancellationToken);

        public Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() =>
            new Microsoft.Extensions.Primitives.CancellationChangeToken(CancellationToken.None);
    }
}
