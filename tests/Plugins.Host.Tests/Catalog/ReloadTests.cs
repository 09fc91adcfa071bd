using Plugins.Host.Catalog;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

internal sealed class ReloadTests
{
    [Test]
    public async Task Reload_OfAnotherVersion_ReplacesTheFirstAndDisposesIt()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        var first = PluginOf(plugin);
        scene.Write("2.0.0");
        var result = await plugin.ReloadAsync();
        Assert.That(result.Outcome, Is.EqualTo(PluginReloadOutcome.Replaced));
        Assert.That(VersionOf(plugin), Is.EqualTo("2.0.0"));
        await result.Drained;
        Assert.That(() => first.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Reload_WhileACallRuns_LetsItEndOnItsVersion()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var goOn = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        scene.Running = _ =>
        {
            started.TrySetResult();
            goOn.Task.Wait();
            return 0;
        };
        var plugin = await scene.StartAsync();
        var call = Task.Run(() => plugin.Call("run", []));
        await started.Task;
        scene.Write("2.0.0");
        var result = await plugin.ReloadAsync();
        Assert.That(result.Drained.IsCompleted, Is.False);
        Assert.That(VersionOf(plugin), Is.EqualTo("2.0.0"));
        goOn.SetResult();
        Assert.That(async () => await call, Throws.Nothing);
        await result.Drained;
    }

    [Test]
    public async Task Reload_OfAForgery_KeepsTheVersionAndSaysWhy()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        scene.WriteModule([6, 6, 6]);
        var result = await plugin.ReloadAsync();
        Assert.That(result.Outcome, Is.EqualTo(PluginReloadOutcome.Failed));
        Assert.That(result.Failure, Is.TypeOf<PluginSignatureException>());
        Assert.That(result.Status.LastFailure!.Exception, Is.SameAs(result.Failure));
        Assert.That(VersionOf(plugin), Is.EqualTo("1.0.0"));
        var entry = scene.Rig.Loggers.Entries.Single(entry => entry.Id == 1003);
        Assert.That(entry.Message, Does.Contain("acme/test 1.0.0").And.Contain(result.Failure!.Message));
    }

    [Test]
    public async Task Reload_ThatSucceeds_ForgetsTheFailure()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        scene.WriteModule([6, 6, 6]);
        await plugin.ReloadAsync();
        scene.Write("1.0.1");
        await plugin.ReloadAsync();
        Assert.That(plugin.Status.LastFailure, Is.Null);
    }

    [Test]
    public async Task SmokeCall_ThatFails_RefusesTheVersion()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync(entry => entry with
        {
            SmokeCall = (candidate, cancellation) => candidate.Manifest.Version.Major < 2
                ? candidate.CallAsync("run", default, cancellationToken: cancellation)
                : throw new InvalidOperationException("smoke"),
        });
        scene.Write("2.0.0");
        var result = await plugin.ReloadAsync();
        Assert.That(result.Failure, Has.Message.EqualTo("smoke"));
        Assert.That(VersionOf(plugin), Is.EqualTo("1.0.0"));
    }

    [Test]
    public async Task Reload_WhenCancelled_KeepsTheVersion()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        using var cancellation = new CancellationTokenSource();
        scene.Rig.Engine.Compiling = cancellation.Cancel;
        Assert.That(
            () => plugin.ReloadAsync(cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(plugin.Status.LastFailure, Is.Null);
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Lease_OfAReplacedVersion_KeepsItUsable()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        var lease = plugin.Lease();
        Assert.That(plugin.Uses, Is.EqualTo(1));
        scene.Write("2.0.0");
        var result = await plugin.ReloadAsync();
        using (var session = lease.Plugin.OpenSession())
        {
            Assert.That(() => session.Call("run", []), Throws.Nothing);
        }

        Assert.That(result.Drained.IsCompleted, Is.False);
        lease.Dispose();
        lease.Dispose();
        await result.Drained;
        Assert.That(plugin.Uses, Is.Zero);
    }

    [Test]
    public async Task Drain_WithoutEnd_IsOverWhenPatienceIs()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        scene.Rig.WithSystemTime();
        var options = new PluginCatalogOptions { DrainPatience = TimeSpan.FromMilliseconds(1) };
        var plugin = await scene.StartAsync(options: options);
        using var lease = plugin.Lease();
        await (await plugin.ReloadAsync()).Drained;
        Assert.That(() => lease.Plugin.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(scene.Rig.Loggers.Entries.Select(entry => entry.Id), Does.Contain(1004));
    }

    [Test]
    public async Task Rollback_AfterAReload_LoadsTheVersionBefore()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        scene.Write("2.0.0");
        await plugin.ReloadAsync();
        Assert.That(plugin.Status.PreviousVersion!.ToString(), Is.EqualTo("1.0.0"));
        var result = await plugin.RollbackAsync();
        Assert.That(result.Outcome, Is.EqualTo(PluginReloadOutcome.Replaced));
        Assert.That(VersionOf(plugin), Is.EqualTo("1.0.0"));
        Assert.That(plugin.Status.PreviousVersion!.ToString(), Is.EqualTo("2.0.0"));
    }

    [Test]
    public async Task Rollback_OfTheFirstVersion_FindsNothing()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        Assert.That((await plugin.RollbackAsync()).Outcome, Is.EqualTo(PluginReloadOutcome.NothingBefore));
    }

    [Test]
    public async Task Disable_UntilEnabled_RefusesCalls()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        plugin.Disable();
        var failure = (await Assert.ThrowsAsync<PluginUnavailableException>(() => plugin.CallAsync("run", default)))!;
        Assert.That(failure.Reason, Is.EqualTo(PluginUnavailableReason.Disabled));
        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.Disabled));
        plugin.Enable();
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Snapshot_AtEachChange_IsReplacedByANewerOne()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var catalog = scene.Catalog();
        await catalog.StartAsync();
        var before = catalog.Current;
        Assert.That(before.ChangeToken.HasChanged, Is.False);
        scene.Write("2.0.0");
        await catalog.Get("pricing").ReloadAsync();
        Assert.That(before.ChangeToken.HasChanged, Is.True);
        Assert.That(before.Plugins["pricing"].Version!.Version.Major, Is.EqualTo(1));
        Assert.That(catalog.Current.Plugins["pricing"].Version!.Version.Major, Is.EqualTo(2));
        Assert.That(catalog.Current.Revision, Is.GreaterThan(before.Revision));
    }

    [Test]
    public async Task Listener_ThatThrows_DoesNotEndTheReload()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var catalog = scene.Catalog();
        await catalog.StartAsync();
        using var listening = catalog.Current.ChangeToken.RegisterChangeCallback(
            _ => throw new InvalidOperationException("listener"), null);
        Assert.That((await catalog.Get("pricing").ReloadAsync()).Outcome, Is.EqualTo(PluginReloadOutcome.Replaced));
    }

    private static string VersionOf(CatalogPlugin plugin) => PluginOf(plugin).Manifest.Version.ToString();

    private static Plugin PluginOf(CatalogPlugin plugin)
    {
        using var lease = plugin.Lease();
        return lease.Plugin;
    }
}
