using Plugins.Host.EngineTests.Support;
using Plugins.Testing.Cases;
using Plugins.Testing.Kit;
using Plugins.Testing.Tests.Support;

namespace Plugins.Testing.Tests.Kit;

/// <summary>Every guest SDK behaves alike: in each language, on each engine that is here.</summary>
[TestFixtureSource(nameof(Guests))]
[Parallelizable(ParallelScope.Self)]
internal sealed class ConformanceKitTests(Guest guest)
{
    private static readonly string[] Modules = ["kit_c", "kit_rust", "kit_rust_core", "kit_assemblyscript"];

    private static IEnumerable<Guest> Guests =>
    [
        new Guest("C# in process", host => host.Load(PluginExports.Module, name: "kit")),
        .. TestedEngines.Available.SelectMany(
            _ => Modules, (engine, module) => Guest.OfModule($"tests/guests/kit/{module}.wasm", engine)),
    ];

    private static IEnumerable<TestCaseData> Cases => ConformanceKit.Default.Cases
        .Select(@case => new TestCaseData(@case).SetArgDisplayNames(@case.Name));

    [TestCaseSource(nameof(Cases))]
    [CancelAfter(600_000)]
    public async Task Guest_InTheKit_BehavesAsAll(PluginCase @case, CancellationToken token)
    {
        var result = await new PluginCaseRunner(ConformanceKit.Default, Load).RunAsync(@case, token);
        Assert.That(result.Differences, Is.Empty);
        if (result.Outcome == PluginCaseOutcome.Skipped)
        {
            Assert.Ignore(result.SkippedBecause ?? "");
        }
    }

    // No case is about time, and on a busy machine what takes milliseconds may take seconds.
    private TestedPlugin Load(PluginTestHost host)
    {
        var patience = TimeSpan.FromMinutes(10);
        host.Options.DefaultLimits = host.Options.DefaultLimits with { WallTime = patience };
        host.Options.MaximumLimits = host.Options.MaximumLimits with { WallTime = patience };
        return guest.Load(host);
    }
}
