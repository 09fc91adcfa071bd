using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Limits;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration;

/// <summary>What an application writes first: <c>services.Configure&lt;PluginHostOptions&gt;(section)</c>.</summary>
internal sealed class ConfigureTests
{
    [Test]
    public void Sections_BoundOneAfterTheOther_ChangeNoDefaults()
    {
        var first = Configure("""{ "MaximumLimits": { "Fuel": 5 }, "DefaultLimits": { "CallDepth": 6 } }""");
        var second = Configure("""{ "MaximumLimits": { "HostCalls": 7 }, "ModuleLimits": { "Functions": 8 } }""");

        Assert.That(first.MaximumLimits, Is.EqualTo(PluginLimits.DefaultCeiling with { Fuel = 5 }));
        Assert.That(first.DefaultLimits, Is.EqualTo(PluginLimits.Default with { CallDepth = 6 }));
        Assert.That(first.ModuleLimits, Is.EqualTo(new PluginHostOptions().ModuleLimits));
        Assert.That(second.MaximumLimits, Is.EqualTo(PluginLimits.DefaultCeiling with { HostCalls = 7 }));
        Assert.That(second.ModuleLimits.Functions, Is.EqualTo(8));
        Assert.That(PluginLimits.DefaultCeiling.Fuel, Is.EqualTo(10_000_000_000));
        Assert.That(PluginLimits.Default.CallDepth, Is.EqualTo(2_000));
        Assert.That(ModuleLimits.Default.Functions, Is.EqualTo(1_000_000));
    }

    [Test]
    public void Section_BoundAfterAnObjectWasSet_DoesNotChangeThatObject()
    {
        var shared = PluginLimits.DefaultCeiling with { Fuel = 9 };
        var options = Configure(
            """{ "MaximumLimits": { "Fuel": 5 } }""", before: options => options.MaximumLimits = shared);
        Assert.That(options.MaximumLimits.Fuel, Is.EqualTo(5));
        Assert.That(shared.Fuel, Is.EqualTo(9));
    }

    [Test]
    public void Values_OfEveryKindThatIsBound_ReachTheOptions()
    {
        var options = Configure("""
            {
              "AllowUnsigned": true, "MeterFuel": false, "MaximumInstances": 3, "MaximumInstanceWait": "00:00:02",
              "Audience": ["shop", "till"], "MaximumLimits": { "WallTime": "00:00:05" }
            }
            """);
        Assert.That(options.AllowUnsigned && !options.MeterFuel);
        Assert.That(options.MaximumInstances, Is.EqualTo(3));
        Assert.That(options.MaximumInstanceWait, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(options.Audience, Is.EqualTo(["shop", "till"]));
        Assert.That(options.MaximumLimits.WallTime, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [TestCase("""{ "MaximumLimits": { "Fuel": "much" } }""", "Plugins:MaximumLimits:Fuel")]
    [TestCase("""{ "MaximumLimits": { "CallDepth": "99999999999" } }""", "Plugins:MaximumLimits:CallDepth")]
    [TestCase("""{ "MaximumLimits": { "Fuel": -1 } }""", "MaximumLimits.Fuel is out of range")]
    [TestCase("""{ "ModuleLimits": { "Functions": -1 } }""", "ModuleLimits.Functions is out of range")]
    [TestCase("""{ "ModuleLimits": { "Functions": 2000000 } }""", "must be from 0 to 1000000")]
    public void Value_ThatIsNonsense_IsRefusedAtStart(string json, string expected)
    {
        using var provider = Services(json).BuildServiceProvider();
        var validator = provider.GetRequiredService<IStartupValidator>();
        Assert.That(validator.Validate, Throws.Exception.With.Message.Contains(expected));
    }

    private static PluginHostOptions Configure(string json, Action<PluginHostOptions>? before = null)
    {
        using var provider = Services(json, before).BuildServiceProvider();
        return provider.GetRequiredService<IOptionsFactory<PluginHostOptions>>().Create(Options.DefaultName);
    }

    private static ServiceCollection Services(string json, Action<PluginHostOptions>? before = null)
    {
        var services = new ServiceCollection();
        services.AddPlugins(options =>
        {
            options.AllowUnsigned = true;
            before?.Invoke(options);
        });
        services.Configure<PluginHostOptions>(JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins"));
        return services;
    }
}
