using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Plugins.Host.Catalog;
using Plugins.Host.Configuration;
using Plugins.Host.DependencyInjection;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration;

/// <summary>Plugins below <c>Plugins:Catalog</c>.</summary>
internal sealed class CatalogSettingsTests
{
    [Test]
    public void Plugin_WithAFolderOnly_HasTheDefaults()
    {
        var entry = Read("""{ "Catalog": { "pricing": { "Folder": "some/where" } } }""").Plugins.Single().Entry;
        var defaults = new CatalogEntry(entry.Name, entry.Source);
        Assert.That(entry.Name, Is.EqualTo("pricing"));
        Assert.That(entry.Source.Location, Is.EqualTo(Path.Combine(Path.GetTempPath(), "some", "where")));
        Assert.That(entry, Is.EqualTo(defaults));
    }

    [Test]
    public void Plugin_WithEverySetting_HasThem()
    {
        var entry = Read("""
            {
              "Catalog": {
                "pricing": {
                  "Folder": "p", "Required": false, "LoadAtStart": false, "Watch": false, "Pinned": true,
                  "Enabled": false, "SmokeCall": { "Function": "run", "Input": "x" }
                }
              }
            }
            """).Plugins.Single().Entry;
        Assert.That(entry, Is.EqualTo(new CatalogEntry("pricing", entry.Source)
        {
            IsRequired = false,
            LoadAtStart = false,
            Watch = false,
            IsPinned = true,
            IsEnabled = false,
            SmokeCall = entry.SmokeCall,
        }));
        Assert.That(entry.SmokeCall, Is.Not.Null);
    }

    [Test]
    public void Catalog_WithItsOptions_HasThem() => Assert.That(
        Read("""{ "DrainPatience": "00:00:07", "StopPatience": "00:00:08" }""").Options,
        Is.EqualTo(new PluginCatalogOptions
        {
            DrainPatience = TimeSpan.FromSeconds(7), StopPatience = TimeSpan.FromSeconds(8),
        }));

    [TestCase("{}", "Plugins:Catalog:pricing:Folder is missing.")]
    [TestCase("\"folder\"", "Plugins:Catalog:pricing must be a section with Folder, not a value.")]
    [TestCase("""{ "Folder": "" }""", "Plugins:Catalog:pricing:Folder is empty.")]
    [TestCase("""{ "Folder": ["a"] }""", "Plugins:Catalog:pricing:Folder must be a value, not a section.")]
    [TestCase("""{ "Folder": "a\u0000b" }""", "Plugins:Catalog:pricing:Folder is faulty: ")]
    [TestCase("""{ "Folder": "a", "Id": "Acme" }""", "Plugins:Catalog:pricing:Id is faulty: ")]
    [TestCase("""{ "Folder": "a", "Version": "[2,1]" }""", "Plugins:Catalog:pricing:Version is faulty: ")]
    [TestCase("""{ "Folder": "a", "Watch": "often" }""", "Plugins:Catalog:pricing:Watch is 'often'; it must")]
    [TestCase("""{ "Folder": "a", "Mode": "fast" }""", "Plugins:Catalog:pricing:Mode is 'fast'; it must be one of")]
    [TestCase("""{ "Folder": "a", "Permissions": "all" }""", "Plugins:Catalog:pricing:Permissions must be a list")]
    [TestCase("""{ "Folder": "a", "Permissions": ["A"] }""", "Plugins:Catalog:pricing:Permissions:0 is faulty")]
    [TestCase("""{ "Folder": "a", "Settings": "x" }""", "Plugins:Catalog:pricing:Settings must be a section")]
    [TestCase("""{ "Folder": "a", "Settings": { "k": { "l": 1 } } }""", "Plugins:Catalog:pricing:Settings:k must")]
    [TestCase("""{ "Folder": "a", "SmokeCall": "run" }""", "Plugins:Catalog:pricing:SmokeCall must be a")]
    [TestCase("""{ "Folder": "a", "SmokeCall": { "Input": "x" } }""", "Plugins:Catalog:pricing:SmokeCall needs")]
    [TestCase("""{ "Folder": "a", "SmokeCall": { "Func": "x" } }""", "Plugins:Catalog:pricing:SmokeCall:Func is")]
    [TestCase("""{ "Foldr": "a", "Folder": "b" }""", "Plugins:Catalog:pricing:Foldr is unknown (did you mean")]
    public void Plugin_ThatMakesNoSense_IsRefusedAtStartWithItsPath(string json, string expected)
    {
        using var provider = Services($$"""{ "AllowUnsigned": true, "Catalog": { "pricing": {{json}} } }""")
            .BuildServiceProvider();
        var validator = provider.GetRequiredService<IStartupValidator>();
        var failure = Assert.Throws<OptionsValidationException>(validator.Validate)!;
        Assert.That(failure.Failures.Single(), Does.StartWith(expected));
    }

    [TestCase("""{ "Catalog": "folder" }""", "Plugins:Catalog must be a section, not a value.")]
    [TestCase("""{ "Catalog": { "": { "Folder": "a" } } }""", "Plugins:Catalog: has no name.")]
    [TestCase("""{ "StopPatience": "2.00:00:00" }""", "Plugins:StopPatience is out of range: it must be from 0 to")]
    public void Catalog_ThatMakesNoSense_IsRefused(string json, string expected)
    {
        var options = new PluginHostOptions { AllowUnsigned = true };
        var configuration = JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins");
        new HostSettings(configuration, Path.GetTempPath()).Configure(options);
        Assert.That(options.FindFaults().Single(), Does.StartWith(expected));
    }

    [Test]
    public void Faults_OfPluginsAndHost_AreReportedTogether()
    {
        using var provider = Services("""
            {
              "AllowUnsigned": true, "MaximumInstances": 0,
              "Catalog": { "one": { "Folder": "" }, "two": { "Folder": "x", "Id": "?", "Version": "?" } }
            }
            """).BuildServiceProvider();
        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<PluginCatalog>())!;
        Assert.That(
            failure.Failures.Select(fault => fault.Split(' ')[0]),
            Is.EquivalentTo([
                "Plugins:MaximumInstances", "Plugins:Catalog:one:Folder", "Plugins:Catalog:two:Id",
                "Plugins:Catalog:two:Version",
            ]));
    }

    [Test]
    public async Task Plugins_OfTheConfiguration_AreLoadedFromTheContentRoot()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        var root = Path.GetDirectoryName(scene.Folder)!;
        File.WriteAllText(Path.Combine(root, "acme.pub"), Signing.PublicKeyPem);
        var services = Services("""
            {
              "TrustPolicy": { "acme": "acme.pub" },
              "Catalog": {
                "pricing": {
                  "Folder": "plugin", "Id": "acme/test", "Version": "[1.0,2.0)", "Tenant": "shop",
                  "Mode": "Interpreted",
                  "SmokeCall": { "Function": "run" }
                },
                "sleeping": { "Folder": "nowhere", "Enabled": false }
              }
            }
            """);
        services.AddSingleton<IHostEnvironment>(new ContentRoot(root));
        services.AddPlugins(options => options.Engine = scene.Rig.Engine);
        await using var provider = services.BuildServiceProvider();
        await provider.GetServices<IHostedService>().OfType<PluginCatalogService>().Single().StartingAsync(default);

        var plugin = provider.GetRequiredKeyedService<CatalogPlugin>("pricing");

        Assert.That(plugin.Status.State, Is.EqualTo(PluginState.Active));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        Assert.That(
            () => plugin.Call("run", [], new PluginCallOptions { Tenant = "other" }),
            Throws.TypeOf<PluginTenantException>());
        Assert.That(scene.Rig.Engine.Compiled.Single().Mode, Is.EqualTo(ExecutionMode.Interpreted));
        var sleeping = provider.GetRequiredKeyedService<CatalogPlugin>("SLEEPING");
        Assert.That(sleeping.Status.State, Is.EqualTo(PluginState.Disabled));
        Assert.That(() => sleeping.Call("run", []), Throws.TypeOf<PluginUnavailableException>());
    }

    [Test]
    public async Task Plugin_WhoseSmokeCallFails_IsNotStarted()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        scene.Running = _ => 1;
        var folder = System.Text.Json.JsonSerializer.Serialize(scene.Folder);
        var services = Services(
            $$"""{ "Catalog": { "pricing": { "Folder": {{folder}}, "SmokeCall": { "Function": "run" } } } }""");
        services.AddPlugins(options => (options.Engine, options.TrustPolicy) = (scene.Rig.Engine, Signing.Policy));
        await using var provider = services.BuildServiceProvider();
        var failure = await Assert.ThrowsAsync<PluginUnavailableException>(
            () => provider.GetRequiredService<PluginCatalog>().StartAsync());
        Assert.That(failure!.InnerException, Is.TypeOf<PluginGuestException>());
    }

    [Test]
    public void Plugin_InCodeAndInTheConfiguration_IsMisuse()
    {
        var services = Services("""{ "AllowUnsigned": true, "Catalog": { "Pricing": { "Folder": "x" } } }""");
        services.AddPlugins().AddPlugin("pricing", "x");
        using var provider = services.BuildServiceProvider();
        Assert.That(
            () => provider.GetRequiredService<PluginCatalog>(),
            Throws.InvalidOperationException.With.Message.EndsWith("another section: Plugins:Catalog:Pricing."));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void CatalogOptions_InCode_GoOverTheConfiguration(bool codeComesFirst)
    {
        var services = new ServiceCollection();
        void Configure() => services.AddPlugins().ConfigureCatalog(
            new PluginCatalogOptions { DrainPatience = TimeSpan.FromSeconds(3) });
        if (codeComesFirst)
        {
            Configure();
        }

        services.AddPlugins(JsonSettings.Read("""{ "DrainPatience": "00:00:07" }"""));
        if (!codeComesFirst)
        {
            Configure();
        }

        using var provider = services.BuildServiceProvider();
        Assert.That(provider.GetRequiredService<PluginCatalogOptions>().DrainPatience.TotalSeconds, Is.EqualTo(3));
    }

    [Test]
    public void CatalogOptions_OfTheConfiguration_ReachTheCatalog()
    {
        using var provider = Services("""{ "AllowUnsigned": true, "DrainPatience": "00:00:07" }""")
            .BuildServiceProvider();
        Assert.That(provider.GetRequiredService<PluginCatalogOptions>().DrainPatience.TotalSeconds, Is.EqualTo(7));
    }

    private static CatalogSettings Read(string json)
    {
        var configuration = JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins");
        return CatalogSettings.Read(configuration, Path.GetTempPath(), TimeProvider.System);
    }

    private static ServiceCollection Services(string json)
    {
        var services = new ServiceCollection();
        services.AddPlugins(JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins"));
        return services;
    }

    private sealed class ContentRoot(string path) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "tests";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = path;

        public string EnvironmentName { get; set; } = "Production";
    }
}
