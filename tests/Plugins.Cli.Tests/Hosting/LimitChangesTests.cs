using Plugins.Cli.Failures;
using Plugins.Cli.Hosting;
using Plugins.Host.Limits;
using Plugins.Manifest;
using Plugins.Wasm;

namespace Plugins.Cli.Tests.Hosting;

internal sealed class LimitChangesTests
{
    [Test]
    public void Apply_OfEveryLimit_ChangesIt()
    {
        string[] texts =
        [
            "fuel=1k", "time=2s", "memory=1MiB", "input=1", "output=2", "error=3", "log=4", "stack=5", "depth=6",
            "calls=7", "table=8", "streamed-input=9", "streamed-output=10",
        ];

        var limits = LimitChanges.Parse(texts).Apply(PluginLimits.Default);

        Assert.That(limits, Is.EqualTo(PluginLimits.Default with
        {
            Fuel = 1_000, WallTime = TimeSpan.FromSeconds(2), MemoryPages = 16, InputBytes = 1, OutputBytes = 2,
            ErrorBytes = 3, LogBytes = 4, StackBytes = 5, CallDepth = 6, HostCalls = 7, TableElements = 8,
            StreamedInputBytes = 9, StreamedOutputBytes = 10,
        }));
    }

    [Test]
    public void Parse_OfEveryDocumentedExample_Works()
    {
        Assert.That(() => LimitChanges.Parse(LimitChanges.Names.Select(name => $"{name.Key}={name.Value}")),
            Throws.Nothing);
    }

    [Test]
    public void Apply_OfTheModulesSize_ChangesThatAlone()
    {
        var limits = LimitChanges.Parse(["module=64MiB"]);
        Assert.That(limits.Apply(PluginLimits.Default), Is.EqualTo(PluginLimits.Default));
        Assert.That(
            limits.Apply(ModuleLimits.Default), Is.EqualTo(ModuleLimits.Default with { ModuleBytes = 64 << 20 }));
        Assert.That(LimitChanges.None.Apply(ModuleLimits.Default), Is.EqualTo(ModuleLimits.Default));
    }

    [TestCase("module=2GiB", "1,073,741,824")]
    [TestCase("memory=5GiB", "4,294,967,296")]
    [TestCase("time=2000m", "one day")]
    [TestCase("depth=3G", "2,147,483,647")]
    public void Parse_OfALimitAboveItsCeiling_NamesTheCeiling(string text, string ceiling)
    {
        var failure = Assert.Throws<CommandException>(() => LimitChanges.Parse([text]))!;
        Assert.That(failure.Complaint.Why, Does.Contain($"at most {ceiling}"));
    }

    [Test]
    public void Apply_OfMemory_RoundsUpToPages()
    {
        Assert.That(LimitChanges.Parse(["memory=65537"]).Apply(PluginLimits.Default).MemoryPages, Is.EqualTo(2));
    }

    [TestCase("fuel=0")]
    [TestCase("fuel=-1")]
    [TestCase("fuel=")]
    [TestCase("fuel=much")]
    [TestCase("time=10")]
    [TestCase("time=2000m")]
    [TestCase("memory=5GiB")]
    [TestCase("depth=3G")]
    [TestCase("fule=1")]
    [TestCase("=1")]
    [TestCase("fuel")]
    public void Parse_OfAWrongLimit_SaysHowToWriteIt(string text)
    {
        var failure = Assert.Throws<CommandException>(() => LimitChanges.Parse([text]))!;
        Assert.That(failure.Complaint.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(failure.Complaint.Next, Does.Contain("--limit "));
    }

    [Test]
    public void Parse_OfOneLimitTwice_Refuses()
    {
        Assert.That(() => LimitChanges.Parse(["fuel=1", "fuel=2"]), Throws.TypeOf<CommandException>());
    }

    [Test]
    public void Override_OfWhatTheManifestAsks_TakesOutWhatIsChanged()
    {
        var wishes = new RequestedLimits { Fuel = 5, CallDepth = 6 };
        Assert.That(LimitChanges.Parse(["fuel=1"]).Override(wishes), Is.EqualTo(new RequestedLimits { CallDepth = 6 }));
    }
}
