using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Quotas;

namespace Plugins.Host.Tests.Configuration;

internal sealed class QuotaSettingsTests
{
    private const string Everything = """
        {
          "PluginQuota": { "ConcurrentCalls": 8, "QueueLimit": 0, "MaximumWait": "00:00:02" },
          "PluginQuotas": { "acme/pricing": { "Fuel": 5000000000, "FuelInterval": "00:00:10" } },
          "TenantQuota": { "ConcurrentCalls": 2 },
          "MemoryBudget": 1073741824, "PluginMemoryBudget": 65536,
          "PluginMemoryBudgets": { "acme/pricing": 131072 },
          "TenantQuotas": { "gold": { "ConcurrentCalls": 32 }, "trial": { "Fuel": 1 } }
        }
        """;

    [Test]
    public void Sections_OfQuotas_AreRead()
    {
        var options = Read(Everything);
        Assert.That(options.FindFaults(), Is.Empty);
        AssertEverything(options);
    }

    [Test]
    public void Binder_OfTheBaseLibrary_ReadsThemToo()
    {
        var options = new PluginHostOptions();
        JsonSettings.Read(Everything).Bind(options);
        AssertEverything(options);
    }

    [Test]
    public void Sections_ThatAreAbsent_LeaveWhatWasThere()
    {
        var options = Read("{}", options => options.TenantQuota = new CallQuota { ConcurrentCalls = 5 });
        Assert.That(options.TenantQuota!.ConcurrentCalls, Is.EqualTo(5));
        Assert.That(options.PluginQuota, Is.Null);
        Assert.That(options.PluginQuotas, Is.Empty);
        Assert.That(options.PluginMemoryBudgets, Is.Empty);
    }

    [TestCase("""{ "PluginQuota": { "ConcurrentCalls": 0 } }""", "Plugins:PluginQuota:ConcurrentCalls is '0'; it must")]
    [TestCase("""{ "PluginQuota": { "QueueLimit": -1 } }""", "Plugins:PluginQuota:QueueLimit is '-1'")]
    [TestCase("""{ "PluginQuota": { "MaximumWait": "2.00:00" } }""", "Plugins:PluginQuota:MaximumWait is")]
    [TestCase("""{ "PluginQuota": { "Feul": 1 } }""", "Plugins:PluginQuota:Feul is unknown (did you mean 'Fuel'?).")]
    [TestCase("""{ "PluginQuota": 5 }""", "Plugins:PluginQuota must be a section, not a value.")]
    [TestCase("""{ "TenantQuota": { "FuelInterval": "00:00:00" } }""", "Plugins:TenantQuota:FuelInterval is out of")]
    [TestCase("""{ "TenantQuotas": { "gold": { "Fuel": 0 } } }""", "Plugins:TenantQuotas:gold:Fuel is '0'")]
    [TestCase("""{ "PluginQuotas": { "pricing": {"Fuel": 1} } }""", "Plugins:PluginQuotas:pricing is no plugin's id")]
    [TestCase("""{ "MemoryBudget": 65535 }""", "Plugins:MemoryBudget is '65535'; it must be a whole number from")]
    [TestCase("""{ "PluginMemoryBudget": "much" }""", "Plugins:PluginMemoryBudget is 'much'")]
    [TestCase("""{ "PluginMemoryBudgets": { "a/b": 1 } }""", "Plugins:PluginMemoryBudgets:a/b is '1'; it must be")]
    [TestCase("""{ "PluginMemoryBudgets": { "b": 65536 } }""", "Plugins:PluginMemoryBudgets:b is no plugin's id")]
    [TestCase("""{ "PluginQuotas": 5 }""", "Plugins:PluginQuotas must be a section, not a value.")]
    [TestCase("""{ "CallLimiter": 5 }""", "Plugins:CallLimiter is set in code, not in the configuration.")]
    [TestCase("""{ "MeterFuel": false, "PluginQuota": { "Fuel": 1 } }""", "Plugins:PluginQuota:Fuel is set, but")]
    public void Value_ThatMakesNoSense_IsAFaultWithItsPath(string json, string expected) =>
        Assert.That(Read(json).FindFaults().Single(), Does.StartWith(expected));

    [Test]
    public void Quota_ThatIsSetInCode_IsCheckedToo()
    {
        var options = new PluginHostOptions
        {
            AllowUnsigned = true,
            PluginQuota = new CallQuota { ConcurrentCalls = 0, QueueLimit = -1, Fuel = 0 },
            MemoryBudget = 0,
            PluginMemoryBudgets = new Dictionary<string, long>(StringComparer.Ordinal) { ["acme/pricing"] = 0 },
            TenantQuota = new CallQuota { MaximumWait = TimeSpan.FromDays(2), FuelInterval = TimeSpan.Zero },
        };
        Assert.That(options.FindFaults(), Has.Count.EqualTo(7).And.All.Contains("is out of range"));
    }

    private static void AssertEverything(PluginHostOptions options)
    {
        Assert.That(options.PluginQuota, Is.EqualTo(new CallQuota
        {
            ConcurrentCalls = 8, QueueLimit = 0, MaximumWait = TimeSpan.FromSeconds(2),
        }));
        Assert.That(options.PluginQuotas["acme/pricing"], Is.EqualTo(new CallQuota
        {
            Fuel = 5_000_000_000, FuelInterval = TimeSpan.FromSeconds(10),
        }));
        Assert.That(options.TenantQuota, Is.EqualTo(new CallQuota { ConcurrentCalls = 2 }));
        Assert.That(options.TenantQuotas["gold"].ConcurrentCalls, Is.EqualTo(32));
        Assert.That(options.MemoryBudget, Is.EqualTo(1 << 30));
        Assert.That(options.PluginMemoryBudget, Is.EqualTo(64 << 10));
        Assert.That(options.PluginMemoryBudgets["acme/pricing"], Is.EqualTo(128 << 10));
        Assert.That(options.TenantQuotas["trial"].Fuel, Is.EqualTo(1));
    }

    private static PluginHostOptions Read(string json, Action<PluginHostOptions>? before = null)
    {
        var options = new PluginHostOptions { AllowUnsigned = true };
        before?.Invoke(options);
        var services = new ServiceCollection();
        services.AddPlugins(JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins"));
        using var provider = services.BuildServiceProvider();
        foreach (var configure in provider.GetServices<IConfigureOptions<PluginHostOptions>>())
        {
            configure.Configure(options);
        }

        return options;
    }
}
