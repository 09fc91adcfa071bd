using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.DependencyInjection;

internal sealed class AddPluginsTests
{
    [Test]
    public void Plugin_UnderItsName_IsLoadedOnce()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        using var services = Build(rig);
        var plugin = services.GetRequiredKeyedService<CatalogPlugin>("test");
        Assert.That(services.GetRequiredKeyedService<CatalogPlugin>("test"), Is.SameAs(plugin));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        plugin.Call("run", []);
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Plugins_AfterTheirServices_AreDisposed()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var services = Build(rig);
        var plugin = services.GetRequiredKeyedService<CatalogPlugin>("test");
        using var lease = plugin.Lease();
        services.Dispose();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginUnavailableException>());
        Assert.That(() => lease.Plugin.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Host_OfServices_UsesTheirLoggersAndScopes()
    {
        using var rig = new Rig().Uses("own").Guest("run", guest =>
        {
            guest.Log(2, "hello");
            return guest.Ask("own").Status;
        });
        using var services = Build(rig, s => s.AddScoped<Marker>());
        services.GetRequiredKeyedService<CatalogPlugin>("test").Call("run", []);
        Assert.That(rig.Loggers.Guest.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Options_ThatAreWrong_AreFoundAtStart()
    {
        var services = new ServiceCollection();
        services.AddPlugins(options => options.MaximumInstances = 0);
        using var provider = services.BuildServiceProvider();
        var validator = provider.GetRequiredService<IStartupValidator>();
        var failure = Assert.Throws<OptionsValidationException>(validator.Validate)!;
        Assert.That(failure.Failures.Count(), Is.EqualTo(2));
    }

    [Test]
    public void AddPlugins_Twice_MakesOneHost()
    {
        var services = new ServiceCollection();
        services.AddPlugins(options => options.AllowUnsigned = true);
        services.AddPlugins(options => options.MaximumInstances = 3);
        using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetServices<PluginHost>().Count(), Is.EqualTo(1));
        Assert.That(provider.GetRequiredService<IOptions<PluginHostOptions>>().Value.MaximumInstances, Is.EqualTo(3));
    }

    [Test]
    public void AddPlugin_UnderATakenName_IsMisuse()
    {
        var builder = new ServiceCollection().AddPlugins().AddPlugin("test", "folder");
        Assert.That(() => builder.AddPlugin("test", "folder"), Throws.ArgumentException);
    }

    [Test]
    public void AddPlugin_OfAFolder_LoadsItsPackage()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        using var folder = new TemporaryFolder();
        folder.Write("plugin.wasm", [1, 2, 3]);
        folder.Write("plugin.sigstore.json", Signing.Sign(rig.Manifest(), [1, 2, 3]));
        var services = new ServiceCollection();
        services.AddPlugins(options =>
        {
            options.Engine = rig.Engine;
            options.TrustPolicy = Signing.Policy;
            options.TimeProvider = rig.Time;
        }).AddPlugin("one", folder.Path).AddPlugin("two", Path.Combine(folder.Path, "plugin.wasm"));
        using var provider = services.BuildServiceProvider();
        using var one = provider.GetRequiredKeyedService<CatalogPlugin>("one").Lease();
        using var two = provider.GetRequiredKeyedService<CatalogPlugin>("two").Lease();
        Assert.That(one.Plugin.Id, Is.EqualTo(two.Plugin.Id));
    }

    private static ServiceProvider Build(Rig rig, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(rig.Loggers).AddSingleton<TimeProvider>(rig.Time);
        add?.Invoke(services);
        services.AddPlugins(options =>
        {
            options.AllowUnsigned = true;
            options.Engine = rig.Engine;
            options.Permissions = rig.Options.Permissions;
            options.AddFunction("own", (context, _) => context.Services.GetRequiredService<Marker>().Name);
        }).AddPlugin("test", host => host.LoadUnsigned([1, 2, 3], rig.Manifest()));
        return services.BuildServiceProvider();
    }

    private sealed class Marker
    {
        internal string Name => "marker";
    }
}
