using Plugins.Payloads.Generator.Tests.Samples;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>One set of attributes must mean the same in both formats.</summary>
public sealed class AgreementTests
{
    [TestCaseSource(typeof(SampleList), nameof(SampleList.All))]
    public void Names_InMessagePack_AreThoseOfJson(Sample sample) =>
        Assert.That(sample.MessagePackOutline, Is.EqualTo(sample.JsonOutline));

    [TestCaseSource(typeof(SampleList), nameof(SampleList.All))]
    public void Value_ThroughMessagePack_IsKept(Sample sample) =>
        Assert.That(sample.JsonAfterMessagePack, Is.EqualTo(sample.Json));
}
