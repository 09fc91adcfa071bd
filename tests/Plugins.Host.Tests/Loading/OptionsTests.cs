using Plugins.Host.Limits;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Loading;

internal sealed class OptionsTests
{
    [Test]
    public void Faults_OfOptions_AreAllNamed()
    {
        var options = new PluginHostOptions
        {
            MaximumInstances = 0,
            MaximumAbandonedOperations = 0,
            DefaultLimits = new PluginLimits { Fuel = 0, WallTime = TimeSpan.FromDays(2) },
            MaximumLimits = null!,
            Variables = null!,
        };
        var failure = Assert.Throws<ArgumentException>(() => new PluginHost(options))!;
        string[] names =
        [
            "MaximumInstances", "MaximumAbandonedOperations", "DefaultLimits.Fuel", "DefaultLimits.WallTime",
            "MaximumLimits", "Variables", "TrustPolicy",
        ];
        foreach (var name in names)
        {
            Assert.That(failure.Message, Does.Contain(name));
        }
    }

    [Test]
    public void Default_SetAboveItsCeiling_IsAFaultThatNamesBoth()
    {
        var options = new PluginHostOptions
        {
            AllowUnsigned = true,
            DefaultLimits = PluginLimits.Default with { WallTime = TimeSpan.FromSeconds(31), HostCalls = 100_001 },
        };
        var failure = Assert.Throws<ArgumentException>(() => new PluginHost(options))!;
        Assert.That(failure.Message, Does.Contain("MaximumLimits.WallTime is 00:00:30"));
        Assert.That(failure.Message, Does.Contain("MaximumLimits.HostCalls is 100000"));
    }

    [Test]
    public void Ceiling_SetBelowTheLibrarysDefault_IsTheDefault()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.MaximumLimits = PluginLimits.DefaultCeiling with { Fuel = 77 };
        Assert.That(rig.Load().Limits.Fuel, Is.EqualTo(77));
    }

    [Test]
    public void Limits_EachSetToZero_AreFaults()
    {
        var zero = new PluginLimits
        {
            Fuel = 0, WallTime = default, MemoryPages = 0, TableElements = 0, StackBytes = 0, CallDepth = 0,
            InputBytes = 0, OutputBytes = 0, ErrorBytes = 0, LogBytes = 0, LogEntries = 0, HostCalls = 0,
            CapabilityRequestBytes = 0, CapabilityResultBytes = 0, StreamedInputBytes = 0, StreamedOutputBytes = 0,
        };
        Assert.That(zero.FindFaults("L").Count(), Is.EqualTo(16));
        Assert.That(PluginLimits.Default.FindFaults("L").Concat(PluginLimits.DefaultCeiling.FindFaults("L")), Is.Empty);
    }
}
