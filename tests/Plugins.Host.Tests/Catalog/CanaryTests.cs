using System.Globalization;
using Plugins.Host.Catalog;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog;

internal sealed class CanaryTests
{
    private const int Keys = 10_000;

    [Test]
    public async Task Canary_OfATenth_ServesATenthOfTheKeys()
    {
        using var scene = await SceneAsync(0.1);
        Assert.That(ServedByCanary(scene.Plugin), Is.EqualTo(Keys / 10).Within(Keys / 100));
    }

    [Test]
    public async Task Canary_WithALargerShare_KeepsItsKeys()
    {
        using var scene = await SceneAsync(0.1);
        var before = KeysOf(scene.Plugin);
        await scene.Plugin.StartCanaryAsync(0.2);
        Assert.That(KeysOf(scene.Plugin), Is.SupersetOf(before));
    }

    [Test]
    public async Task Canary_OfCallsWithoutAKey_ServesTheirShareByTurns()
    {
        using var scene = await SceneAsync(0.25);
        var served = Enumerable.Range(0, Keys).Count(_ => VersionOf(scene.Plugin, null) == 2);
        Assert.That(served, Is.EqualTo(Keys / 4).Within(Keys / 50));
    }

    [Test]
    public async Task Canary_OfATenant_GoesByTheTenant()
    {
        using var scene = await SceneAsync(0.5);
        var byKey = VersionOf(scene.Plugin, new PluginCallOptions { RoutingKey = "shop-7" });
        Assert.That(VersionOf(scene.Plugin, new PluginCallOptions { Tenant = "shop-7" }), Is.EqualTo(byKey));
    }

    [Test]
    public async Task Canary_Promoted_ServesAll()
    {
        using var scene = await SceneAsync(0.01);
        var result = await scene.Plugin.PromoteCanaryAsync();
        await result.Drained;
        Assert.That(ServedByCanary(scene.Plugin), Is.EqualTo(Keys));
        Assert.That(scene.Plugin.Status.Canary, Is.Null);
        await scene.Plugin.RollbackAsync();
        Assert.That(VersionOf(scene.Plugin, null), Is.EqualTo(1));
    }

    [Test]
    public async Task Canary_RolledBack_ServesNobody()
    {
        using var scene = await SceneAsync(0.5);
        await (await scene.Plugin.RollbackAsync()).Drained;
        Assert.That(ServedByCanary(scene.Plugin), Is.Zero);
    }

    [Test]
    public async Task Promotion_WithoutACanary_FindsNothing()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        Assert.That((await plugin.PromoteCanaryAsync()).Outcome, Is.EqualTo(PluginReloadOutcome.NothingBefore));
    }

    [TestCase(0)]
    [TestCase(-0.1)]
    [TestCase(1.1)]
    [TestCase(double.NaN)]
    public async Task Share_OutOfRange_IsMisuse(double share)
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        Assert.That(() => plugin.StartCanaryAsync(share), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    // Other processes, and later versions, send a key to the same version.
    [TestCase("", 0.93677)]
    [TestCase("shop-7", 0.27539)]
    public void Place_OfAKey_IsTheSameEverywhere(string key, double place) =>
        Assert.That(RoutingHash.PlaceOf(key), Is.EqualTo(place).Within(0.00001));

    private static async Task<StartedScene> SceneAsync(double share)
    {
        var scene = new CatalogScene().Write("1.0.0");
        var plugin = await scene.StartAsync();
        scene.Write("2.0.0");
        var result = await plugin.StartCanaryAsync(share);
        Assert.That(result.Status.CanaryShare, Is.EqualTo(share));
        return new StartedScene(scene, plugin);
    }

    private static int ServedByCanary(CatalogPlugin plugin) => KeysOf(plugin).Length;

    private static string[] KeysOf(CatalogPlugin plugin) =>
    [
        .. Enumerable.Range(0, Keys).Select(key => key.ToString(CultureInfo.InvariantCulture))
            .Where(key => VersionOf(plugin, new PluginCallOptions { RoutingKey = key }) == 2),
    ];

    private static int VersionOf(CatalogPlugin plugin, PluginCallOptions? options)
    {
        using var lease = plugin.Lease(options);
        return (int)lease.Plugin.Manifest.Version.Major;
    }

    private sealed record StartedScene(CatalogScene Scene, CatalogPlugin Plugin) : IDisposable
    {
        public void Dispose() => Scene.Dispose();
    }
}
