using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.DependencyInjection;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Configuration;

/// <summary>A configuration that changes while the application runs.</summary>
internal sealed class ConfigurationReloadTests
{
    private const string Pricing = "Plugins:Catalog:pricing:";

    private CatalogScene _scene = null!;
    private ChangingSettings _settings = null!;
    private ServiceProvider _services = null!;
    private Action _configuring = () => { };

    private PluginCatalog Catalog => _services.GetRequiredService<PluginCatalog>();

    private CatalogPlugin Plugin => Catalog.Get("pricing");

    [SetUp]
    public Task SetUp()
    {
        _scene = new CatalogScene().Write("1.0.0");
        _settings = new ChangingSettings();
        Set(
            (Pricing + "Folder", _scene.Folder),
            (Pricing + "Watch", "false"),
            ("Plugins:TrustPolicy:acme", Signing.PublicKeyPem));
        return StartAsync();
    }

    [TearDown]
    public async Task TearDown()
    {
        await StopAsync();
        _scene.Dispose();
    }

    [Test]
    public async Task Plugin_ThatIsNew_IsLoaded()
    {
        Set(("Plugins:Catalog:second:Folder", _scene.Folder), ("Plugins:Catalog:second:LoadAtStart", "true"));
        await CatalogScene.UntilAsync(() =>
            Catalog.TryGet("second", out var second) && second.Status.State == PluginState.Active);
        Assert.That(() => _services.GetRequiredKeyedService<CatalogPlugin>("second").Call("run", []), Throws.Nothing);
        Assert.That(Catalog.Current.Plugins.Keys, Is.EquivalentTo(["own", "pricing", "second"]));
    }

    [Test]
    public async Task Plugin_ThatIsNewAndCannotBeLoaded_IsInTheStatus()
    {
        Set(("Plugins:Catalog:second:Folder", "nowhere"));
        await CatalogScene.UntilAsync(() =>
            Catalog.TryGet("second", out var second) && second.Status.State == PluginState.Failed);
        Assert.That(() => Plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Plugin_WithOtherSettings_IsLoadedWithThem()
    {
        Set((Pricing + "Tenant", "shop"));
        await CatalogScene.UntilAsync(() => Logged(1001) == 2);
        Assert.That(
            () => Plugin.Call("run", [], new PluginCallOptions { Tenant = "other" }),
            Throws.TypeOf<PluginTenantException>());
        Assert.That((await Plugin.RollbackAsync()).Outcome, Is.EqualTo(PluginReloadOutcome.NothingBefore));
    }

    [Test]
    public async Task Plugin_WhoseOtherSettingsAreRefused_GoesOn()
    {
        Set((Pricing + "Id", "acme/other"), (Pricing + "Tenant", "shop"));
        await CatalogScene.UntilAsync(() => Plugin.Status.LastFailure is not null);
        Assert.That(Plugin.Status.LastFailure!.Exception, Is.TypeOf<PluginIdentityException>());
        Assert.That(
            () => Plugin.Call("run", [], new PluginCallOptions { Tenant = "other" }), Throws.Nothing);
        Assert.That((await Plugin.ReloadAsync()).Outcome, Is.EqualTo(PluginReloadOutcome.Replaced));
    }

    [Test]
    public async Task Plugin_OfAnotherFolder_IsWatchedThere()
    {
        using var other = new CatalogScene().Write("2.0.0");
        Set((Pricing + "Folder", other.Folder), (Pricing + "Watch", "true"));
        await CatalogScene.UntilAsync(() => Plugin.Status.Version!.Version.Major == 2);
        other.Write("3.0.0");
        await CatalogScene.UntilAsync(() => Plugin.Status.Version!.Version.Major == 3);
    }

    [Test]
    public async Task Plugin_PinnedOrDisabled_IsSoWithoutALoad()
    {
        Set((Pricing + "Pinned", "true"), (Pricing + "Enabled", "false"));
        await CatalogScene.UntilAsync(() => Plugin.Status is { IsPinned: true, State: PluginState.Disabled });
        Set((Pricing + "Pinned", "false"), (Pricing + "Enabled", "true"));
        await CatalogScene.UntilAsync(() => Plugin.Status is { IsPinned: false, State: PluginState.Active });
        Assert.That(_scene.Rig.Engine.Compiled, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Operator_WhoDisabledAPlugin_IsNotOverruledByAnotherChange()
    {
        Plugin.Disable();
        Set(("Plugins:Catalog:second:Folder", _scene.Folder));
        await CatalogScene.UntilAsync(() => Catalog.TryGet("second", out _) && Logged(1001) == 2);
        Assert.That(Plugin.Status.State, Is.EqualTo(PluginState.Disabled));
    }

    [Test]
    public async Task Limits_ThatAreOther_HoldForTheSameVersionLoadedAgain()
    {
        _scene.Write("2.0.0");
        Set(("Plugins:DefaultLimits:Fuel", "77"));
        await CatalogScene.UntilAsync(() => Logged(1001) == 2);
        using var lease = Plugin.Lease();
        Assert.That(lease.Plugin.Limits.Fuel, Is.EqualTo(77));
        Assert.That(lease.Plugin.Manifest.Version.Major, Is.EqualTo(1));
        Assert.That(Plugin.Status.PreviousVersion, Is.Null);
    }

    [Test]
    public async Task Change_WhileAnotherIsApplied_IsNotMissed()
    {
        _configuring = () =>
        {
            _configuring = () => { };
            Set(("Plugins:DefaultLimits:Fuel", "78"));
        };
        Set(("Plugins:DefaultLimits:Fuel", "77"));
        await CatalogScene.UntilAsync(() =>
        {
            using var lease = Plugin.Lease();
            return lease.Plugin.Limits.Fuel == 78;
        });
    }

    [Test]
    public async Task Trust_ThatIsTakenBack_IsRefusedForWhatIsLoadedNext()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(
            System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        Set(("Plugins:TrustPolicy:acme", other.ExportSubjectPublicKeyInfoPem()));
        await CatalogScene.UntilAsync(() => Plugin.Status.LastFailure is not null || Logged(1001) + Logged(1011) > 1);
        Assert.That(_scene.Rig.Loggers.Entries.Where(entry => entry.Id is 1011 or 1001), Has.Exactly(1).Items);
        Assert.That(Plugin.Status.LastFailure!.Exception, Is.TypeOf<PluginSignatureException>());
        Assert.That(() => Plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Change_ThatNeedsARestart_IsToldWithItsPaths()
    {
        Set(("Plugins:MaximumInstances", "3"), (Pricing + "Folder", null), (Pricing + "Watch", null));
        await CatalogScene.UntilAsync(() => Logged(1012) == 1);
        Assert.That(
            _scene.Rig.Loggers.Entries.Single(entry => entry.Id == 1012).Message,
            Does.EndWith("Plugins:MaximumInstances, Plugins:Catalog:pricing (removed)."));
        Assert.That(() => Plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Breaker_OfAPlugin_IsThatOfTheVersionLoadedThen()
    {
        Set((Pricing + "CircuitBreaker:MinimumCalls", "2"));
        await CatalogScene.UntilAsync(() => Logged(1001) == 2);
        Assert.That(Plugin.Status.Version!.Circuit, Is.EqualTo(PluginCircuitState.Closed));
        Set((Pricing + "CircuitBreaker:MinimumCalls", null));
        await CatalogScene.UntilAsync(() => Logged(1001) == 3);
        Assert.That(Plugin.Status.Version!.Circuit, Is.Null);
    }

    [TestCase("CircuitBreaker:MinimumCalls", "CircuitBreaker")]
    [TestCase("DrainPatience", "DrainPatience", "00:00:05")]
    [TestCase("PluginQuota:ConcurrentCalls", "PluginQuota")]
    [TestCase("TenantQuotas:gold:ConcurrentCalls", "TenantQuotas")]
    [TestCase("MemoryBudget", "MemoryBudget", "1048576")]
    [TestCase("PluginMemoryBudget", "PluginMemoryBudget", "1048576")]
    public async Task Rule_ThatTheHostIsMadeWith_NeedsARestart(string key, string told, string value = "3")
    {
        Set(("Plugins:" + key, value));
        await CatalogScene.UntilAsync(() => Logged(1012) == 1);
        Assert.That(
            _scene.Rig.Loggers.Entries.Single(entry => entry.Id == 1012).Message,
            Does.EndWith($"after a restart: Plugins:{told}."));
    }

    [Test]
    public async Task Change_WithAFault_IsRefusedWholeUntilItIsMended()
    {
        Set(("Plugins:DefaultLimits:Fuel", "77"), (Pricing + "Foldr", "x"), ("Plugins:MeterFuel", "perhaps"));
        await CatalogScene.UntilAsync(() => Logged(1011) == 1);
        Assert.That(
            _scene.Rig.Loggers.Entries.Single(entry => entry.Id == 1011).Message,
            Does.Contain(Pricing + "Foldr is unknown").And.Contain("Plugins:MeterFuel is 'perhaps'"));
        Assert.That(_scene.Rig.Engine.Compiled, Has.Count.EqualTo(1));
        Set((Pricing + "Foldr", null), ("Plugins:MeterFuel", null));
        await CatalogScene.UntilAsync(() => Logged(1001) == 2);
        using var lease = Plugin.Lease();
        Assert.That(lease.Plugin.Limits.Fuel, Is.EqualTo(77));
    }

    [Test]
    public async Task Plugin_UnderANameThatCodeHas_IsRefused()
    {
        Set(("Plugins:Catalog:OWN:Folder", _scene.Folder));
        await CatalogScene.UntilAsync(() => Logged(1011) == 1);
        Assert.That(Catalog.Get("own").Status.Location, Is.EqualTo("the application"));
    }

    [Test]
    public async Task Change_AfterTheStop_HasNoEffect()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(default);
        }

        Set(("Plugins:MaximumInstances", "3"));
        var reload = _services.GetServices<IHostedService>().OfType<ConfigurationReload>().Single();
        await reload.ApplyAsync(_services.GetRequiredService<ConfiguredCatalog>());
        Assert.That(Logged(1012), Is.Zero);
    }

    private int Logged(int id) => _scene.Rig.Loggers.Entries.Count(entry => entry.Id == id);

    private void Set(params (string Key, string? Value)[] values) => _settings.Change(values);

    private async Task StartAsync()
    {
        var configuration = new ConfigurationBuilder().Add(_settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_scene.Rig.Loggers);
        services
            .AddPlugins(configuration.GetSection("Plugins"), options =>
            {
                options.Engine = _scene.Rig.Engine;
                options.AllowUnsigned = true;
                _configuring();
            })
            .AddPlugin("own", _ => new CatalogEntry(
                "own", new DelegatePluginSource("the application", (_, _) => throw new IOException()))
            {
                LoadAtStart = false,
            });
        _services = services.BuildServiceProvider();
        IHostedService[] hosted = [.. _services.GetServices<IHostedService>()];
        foreach (var service in hosted.OfType<IHostedLifecycleService>())
        {
            await service.StartingAsync(default);
        }

        foreach (var service in hosted)
        {
            await service.StartAsync(default);
        }
    }

    private async Task StopAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(default);
        }

        await _services.DisposeAsync();
    }
}
