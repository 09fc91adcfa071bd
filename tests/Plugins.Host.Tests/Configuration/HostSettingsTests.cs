using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration;

/// <summary><c>AddPlugins(configuration.GetSection("Plugins"))</c>.</summary>
internal sealed class HostSettingsTests
{
    private static readonly string[] LimitNames =
        [.. typeof(PluginLimits).GetProperties().Where(p => p.CanWrite).Select(property => property.Name)];

    private static readonly string[] ModuleLimitNames =
        [.. typeof(ModuleLimits).GetProperties().Where(p => p.CanWrite).Select(property => property.Name)];

    private static readonly string[] OptionNames =
        [.. typeof(PluginHostOptions).GetProperties().Select(property => property.Name)];

    [Test]
    public void Limit_OfEachName_ReachesDefaultAndCeilingAlone([ValueSource(nameof(LimitNames))] string name)
    {
        var property = typeof(PluginLimits).GetProperty(name)!;
        var value = property.PropertyType == typeof(TimeSpan) ? "00:00:03" : "3";
        var section = $$"""{ "{{name}}": "{{value}}" }""";
        var options = Read($$"""{ "DefaultLimits": {{section}}, "MaximumLimits": {{section}} }""");

        var (limits, ceiling) = (options.DefaultLimits, options.MaximumLimits);

        Assert.That(options.FindFaults(), Is.Empty);
        Assert.That(limits, Is.Not.EqualTo(PluginLimits.Default));
        Assert.That(ceiling, Is.Not.EqualTo(PluginLimits.DefaultCeiling));
        Assert.That(property.GetValue(limits), Is.EqualTo(property.GetValue(ceiling)));
        property.SetValue(limits, property.GetValue(PluginLimits.Default));
        property.SetValue(ceiling, property.GetValue(PluginLimits.DefaultCeiling));
        Assert.That(limits, Is.EqualTo(PluginLimits.Default));
        Assert.That(ceiling, Is.EqualTo(PluginLimits.DefaultCeiling));
    }

    [Test]
    public void ModuleLimit_OfEachName_ReachesItsPropertyAlone([ValueSource(nameof(ModuleLimitNames))] string name)
    {
        var options = Read($$"""{ "ModuleLimits": { "{{name}}": 3 } }""");
        var property = typeof(ModuleLimits).GetProperty(name)!;
        Assert.That(options.FindFaults(), Is.Empty);
        Assert.That(property.GetValue(options.ModuleLimits), Is.EqualTo(3));
        property.SetValue(options.ModuleLimits, property.GetValue(new PluginHostOptions().ModuleLimits));
        Assert.That(options.ModuleLimits, Is.EqualTo(new PluginHostOptions().ModuleLimits));
    }

    [Test]
    public void Option_OfEachName_IsReadOrSaidToBeSetInCode([ValueSource(nameof(OptionNames))] string name)
    {
        var faults = Read($$"""{ "{{name}}": "nonsense" }""").ConfigurationFaults;
        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.StartWith($"Plugins:{name} ").And.Not.Contain("unknown"));
    }

    [Test]
    public void Options_OfEveryKind_AreRead()
    {
        var options = Read("""
            {
              "AllowUnsigned": true, "MeterFuel": "False", "MaximumInstances": "3", "MaximumInstanceWait": "00:00:02",
              "Audience": ["shop", "till"], "maximumlimits": { "walltime": "0:00:05.5" }, "Features": ["simd128"],
              "Permissions": ["clock.now", { "Name": "http.send", "Scope": ["a.test", "b.test"] }, { "Name": "x" }]
            }
            """);
        Assert.That(options.FindFaults(), Is.Empty);
        Assert.That(options.AllowUnsigned && !options.MeterFuel);
        Assert.That(options.MaximumInstances, Is.EqualTo(3));
        Assert.That(options.MaximumInstanceWait, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(options.Audience, Is.EqualTo(["shop", "till"]));
        Assert.That(options.Features, Is.EqualTo(["simd128"]));
        Assert.That(options.MaximumLimits.WallTime, Is.EqualTo(TimeSpan.FromSeconds(5.5)));
        Assert.That(
            options.Permissions.Grants.Select(grant => grant.ToString()),
            Is.EqualTo(["clock.now", "http.send (a.test, b.test)", "x"]));
    }

    [Test]
    public void Lists_ThatAreEmpty_ReplaceWhatWasThere()
    {
        var options = Read("""{ "Audience": [], "Permissions": [] }""", options =>
        {
            options.Audience = ["shop"];
            options.Permissions = PermissionCeiling.Anything;
        });
        Assert.That(options.Audience, Is.Empty);
        Assert.That(options.Permissions.IsAnything, Is.False);
    }

    [TestCase("""{ "MaximumLimits": { "Fuel": -1 } }""", "Plugins:MaximumLimits:Fuel is '-1'; it must be a whole")]
    [TestCase("""{ "MaximumLimits": { "Fuel": 0 } }""", "Plugins:MaximumLimits:Fuel is '0'; it must be a whole number")]
    [TestCase("""{ "MaximumLimits": { "Fuel": 1.5 } }""", "Plugins:MaximumLimits:Fuel is '1.5'")]
    [TestCase("""{ "MaximumLimits": { "Fuel": "1,000" } }""", "Plugins:MaximumLimits:Fuel is '1,000'")]
    [TestCase("""{ "MaximumLimits": { "Fuel": "much" } }""", "Plugins:MaximumLimits:Fuel is 'much'")]
    [TestCase("""{ "MaximumLimits": { "Fuel": "" } }""", "Plugins:MaximumLimits:Fuel is empty.")]
    [TestCase("""{ "MaximumLimits": { "Fuel": [1] } }""", "Plugins:MaximumLimits:Fuel must be a value, not a section.")]
    [TestCase("""{ "MaximumLimits": { "Feul": 1 } }""", "Plugins:MaximumLimits:Feul is unknown (did you mean 'Fuel'?)")]
    [TestCase("""{ "MaximumLimits": 5 }""", "Plugins:MaximumLimits must be a section, not a value.")]
    [TestCase("""{ "MaximumLimits": { "CallDepth": 2147483648 } }""", "Plugins:MaximumLimits:CallDepth is '2147")]
    [TestCase("""{ "MaximumLimits": { "Fuel": 99999999999999999999 } }""", "Plugins:MaximumLimits:Fuel is '9999")]
    [TestCase("""{ "MaximumLimits": { "WallTime": "5" } }""", "Plugins:MaximumLimits:WallTime is '5'; it must be")]
    [TestCase("""{ "MaximumLimits": { "WallTime": "-0:00:05" } }""", "Plugins:MaximumLimits:WallTime is out of range")]
    [TestCase("""{ "MaximumLimits": { "WallTime": "2.0:00:00" } }""", "Plugins:MaximumLimits:WallTime is out of range")]
    [TestCase("""{ "DefaultLimits": { "Fuel": 20000000000 } }""", "Plugins:DefaultLimits:Fuel is above its ceiling")]
    [TestCase("""{ "ModuleLimits": { "Functions": 1000001 } }""", "it must be a whole number from 0 to 1000000.")]
    [TestCase("""{ "MaximumInstances": 0 }""", "Plugins:MaximumInstances is '0'; it must be a whole number from 1 to")]
    [TestCase("""{ "MaximumInstanceWait": "-00:00:01" }""", "Plugins:MaximumInstanceWait is out of range")]
    [TestCase("""{ "MeterFuel": "yes" }""", "Plugins:MeterFuel is 'yes'; it must be true or false.")]
    [TestCase("""{ "Audience": "shop" }""", "Plugins:Audience must be a list, not a value.")]
    [TestCase("""{ "Audience": ["shop", ""] }""", "Plugins:Audience:1 is empty.")]
    [TestCase("""{ "Permissions": ["Clock"] }""", "Plugins:Permissions:0 is faulty")]
    [TestCase("""{ "Permissions": [{ "Scope": ["a"] }] }""", "Plugins:Permissions:0 must be a permission's name")]
    [TestCase("""{ "Permissions": [{ "Name": "x", "Scopes": [] }] }""", "Plugins:Permissions:0:Scopes is unknown")]
    [TestCase("""{ "Permissions": [{ "Name": "clock.now", "Scope": ["a"] }] }""", "Plugins:Permissions:0 is faulty")]
    [TestCase("""{ "Permissions": [{ "Name": "http.send", "Scope": [] }] }""", "Plugins:Permissions:0 is faulty")]
    [TestCase("""{ "Engine": "wasmtime" }""", "Plugins:Engine is set in code, not in the configuration.")]
    [TestCase("""{ "Permissons": [] }""", "Plugins:Permissons is unknown (did you mean 'Permissions'?).")]
    [TestCase("""{ "Colour": "red" }""", "Plugins:Colour is unknown.")]
    public void Value_ThatMakesNoSense_IsRefusedAtStartWithItsPath(string json, string expected)
    {
        using var provider = Services(json, options => options.AllowUnsigned = true).BuildServiceProvider();
        var validator = provider.GetRequiredService<IStartupValidator>();
        var failure = Assert.Throws<OptionsValidationException>(validator.Validate)!;
        Assert.That(failure.Failures.Single(), Does.Contain(expected));
    }

    [Test]
    public void Faults_InManyPlaces_AreReportedTogether()
    {
        var options = Read("""{ "MaximumLimits": { "Fuel": "x", "Feul": 1 }, "Audience": "a", "MeterFuel": 0 }""");
        Assert.That(options.FindFaults(), Has.Count.EqualTo(4));
        Assert.That(() => new PluginHost(options), Throws.ArgumentException.With.Message.Contains("Feul"));
    }

    [Test]
    public void Host_OfAnApplication_IsMadeWithItsConfiguration()
    {
        var services = Services("""{ "MaximumLimits": { "Fuel": 77 } }""");
        services.AddPlugins(options => options.AllowUnsigned = true);
        using var provider = services.BuildServiceProvider();
        var word = GuestFiles.Read("examples/Pdk-Rust/word_count/plugin.wasm");
        Assert.That(provider.GetRequiredService<PluginHost>().LoadUnsigned(word).Limits.Fuel, Is.EqualTo(77));
    }

    [Test]
    public void Code_AfterTheConfiguration_GoesOverIt()
    {
        var services = Services("""{ "MaximumInstances": 3, "AllowUnsigned": true }""", o => o.MaximumInstances = 4);
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<PluginHostOptions>>().Value;
        Assert.That(options.MaximumInstances, Is.EqualTo(4));
    }

    [Test]
    public void Sections_OfTwoApplications_ChangeNoDefaults()
    {
        Assert.That(Read("""{ "MaximumLimits": { "Fuel": 5 } }""").MaximumLimits.Fuel, Is.EqualTo(5));
        Assert.That(
            Read("""{ "MaximumLimits": { "HostCalls": 7 } }""").MaximumLimits,
            Is.EqualTo(PluginLimits.DefaultCeiling with { HostCalls = 7 }));
    }

    [Test]
    public void Root_OfAConfiguration_IsReadLikeASection()
    {
        var services = new ServiceCollection();
        services.AddPlugins(JsonSettings.Read("""{ "AllowUnsigned": true, "MaximumLimits": { "Fuel": "x" } }"""));
        using var provider = services.BuildServiceProvider();
        Assert.That(
            () => provider.GetRequiredService<PluginHost>(),
            Throws.TypeOf<OptionsValidationException>().With.Message.StartsWith("MaximumLimits:Fuel is 'x'"));
    }

    private static PluginHostOptions Read(string json, Action<PluginHostOptions>? before = null)
    {
        var options = new PluginHostOptions { AllowUnsigned = true };
        before?.Invoke(options);
        using var provider = Services(json).BuildServiceProvider();
        foreach (var configure in provider.GetServices<IConfigureOptions<PluginHostOptions>>())
        {
            configure.Configure(options);
        }

        return options;
    }

    private static ServiceCollection Services(string json, Action<PluginHostOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddPlugins(JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins"), configure);
        return services;
    }
}
