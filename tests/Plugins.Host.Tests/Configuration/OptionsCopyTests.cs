using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plugins.Host.Calls;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Engines;
using Plugins.Host.Limits;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Quotas;
using Plugins.Host.Tests.Support;
using Plugins.Host.Wasi;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Trust;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration;

internal sealed class OptionsCopyTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly PropertyInfo[] Properties =
    [
        .. typeof(PluginHostOptions).GetProperties(Everything).Where(property => property.CanWrite),
    ];

    [TestCaseSource(nameof(Properties))]
    public void Property_OfTheOriginal_IsCopied(PropertyInfo property)
    {
        var original = new PluginHostOptions();
        property.SetValue(original, Another(property.GetValue(original), property.PropertyType));
        Assert.That(property.GetValue(original), Is.Not.EqualTo(property.GetValue(new PluginHostOptions())));

        var copy = new PluginHostOptions(original);

        Assert.That(property.GetValue(copy), Is.EqualTo(property.GetValue(original)));
    }

    [Test]
    public void Functions_OfTheOriginal_AreCopiedAndThenApart()
    {
        var original = new PluginHostOptions().AddFunction("one", (_, _) => null);
        var copy = new PluginHostOptions(original).AddFunction("two", (_, _) => null);
        original.AddFunction("three", (_, _) => null);
        Assert.That(copy.Functions.Select(function => function.Name), Is.EquivalentTo(["one", "two"]));
        Assert.That(original.Functions.Select(function => function.Name), Is.EquivalentTo(["one", "three"]));
    }

    [Test]
    public void Field_OfTheOptions_IsAPropertysOrCopiedAbove() => Assert.That(
        typeof(PluginHostOptions).GetFields(Everything).Select(field => field.Name).Where(name => name[0] != '<'),
        Is.EqualTo(["_functions"]));

    [Test]
    public void Host_ThatWasMade_KeepsWhatTheOptionsWere()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        _ = rig.Host;
        rig.Options.AllowUnsigned = false;
        rig.Options.MaximumLimits = rig.Options.MaximumLimits with { Fuel = 1 };
        Assert.That(rig.Load().Limits.Fuel, Is.EqualTo(PluginLimits.Default.Fuel));
    }

    private static Dictionary<string, long> Budgets =>
        new(StringComparer.Ordinal) { ["acme/test"] = 1 << 20 };

    /// <summary>A value that no options have by default.</summary>
    private static object Another(object? present, Type type) => present switch
    {
        bool value => !value,
        int value => value + 1,
        PluginLimits value => value with { Fuel = value.Fuel + 1 },
        ModuleLimits value => value with { Types = value.Types - 1 },
        PermissionCeiling => PermissionCeiling.Anything,
        PluginHttpOptions value => value with { MaximumRedirects = value.MaximumRedirects + 1 },
        IReadOnlyList<HttpCredential> =>
            new[] { new HttpCredential("a.test", "Authorization", (_, _) => default) },
        IReadOnlyDictionary<string, CallQuota> =>
            new Dictionary<string, CallQuota>(StringComparer.Ordinal) { ["acme/test"] = new() },
        IReadOnlyDictionary<string, long> => Budgets,
        IReadOnlyCollection<string> => new[] { "shop" },
        IPluginEngine => new FakeEngine(),
        IVariableStore => new MemoryVariableStore(),
        IReadOnlyList<IPayloadFormat> => new IPayloadFormat[] { new JsonPayloadFormat() },
        PluginWasiOptions => new PluginWasiOptions { Arguments = ["name"] },
        TimeProvider => new FakeTime(),
        RandomNumberGenerator => new CountingRandom(),
        ILoggerFactory => new RecordingLoggers(),
        null when type == typeof(Func<string, Task<IPAddress[]>>) =>
            Task<IPAddress[]> (string _) => Task.FromResult<IPAddress[]>([]),
        null when type == typeof(HttpMessageHandler) => new SocketsHttpHandler(),
        null when type == typeof(TimeProvider) => new FakeTime(),
        null when type == typeof(IMeterFactory) =>
            new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(),
        null when type == typeof(string) => "Plugins",
        null when type == typeof(long?) => 1L << 20,
        null when type == typeof(Dictionary<string, long>) => Budgets,
        null when type == typeof(CallQuota) => new CallQuota { ConcurrentCalls = 3 },
        null when type == typeof(PartitionedRateLimiter<PluginCallKey>) =>
            PartitionedRateLimiter.Create<PluginCallKey, int>(_ => RateLimitPartition.GetNoLimiter(0)),
        null when type == typeof(IReadOnlyCollection<string>) => new[] { "simd128" },
        null when type == typeof(TrustPolicy) => Signing.Policy,
        null when type == typeof(TimeSpan?) => TimeSpan.FromSeconds(3),
        null when type == typeof(IServiceProvider) => new ServiceCollection().BuildServiceProvider(),
        _ => throw new NotSupportedException($"The test needs to know another value of {type}."),
    };
}
