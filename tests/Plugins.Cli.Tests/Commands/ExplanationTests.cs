using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Failures;
using Plugins.Cli.Terminals;
using Plugins.Host.Errors;
using Plugins.Manifest;

namespace Plugins.Cli.Tests.Commands;

internal sealed class ExplanationTests
{
    [Test]
    public void Of_WhatNobodyForesaw_IsABug()
    {
        var complaint = Explanation.Of(new InvalidOperationException("boom"));
        Assert.That(complaint.ExitCode, Is.EqualTo(ExitCode.Internal));
        Assert.That(complaint.What,
            Does.StartWith("This is a bug in plugins").And.EndWith("InvalidOperationException: boom"));
        Assert.That(complaint.Next, Does.Contain("report"));
    }

    [Test]
    public void Of_AnInterruption_IsCancelled()
    {
        Assert.That(Explanation.Of(new OperationCanceledException()).ExitCode, Is.EqualTo(ExitCode.Cancelled));
    }

    [Test]
    public void Of_EveryRefusalOfAManifest_TellsTheNextStep(
        [ValueSource(nameof(Refusals))] ManifestErrorCode code)
    {
        Assert.That(ManifestExplanation.WhyOf(code), Is.Not.Null.And.EndsWith("."));
        Assert.That(ManifestExplanation.NextOf(code), Is.Not.Empty);
    }

    [Test]
    public void Of_EveryLimitOfACall_HasTheExitCodeOfLimits([ValueSource(nameof(Limits))] PluginErrorCode code) =>
        Assert.That(PluginExplanation.CodeOf(code), Is.EqualTo(ExitCode.Limit));

    private static IEnumerable<PluginErrorCode> Limits() => Enum.GetValues<PluginErrorCode>().Where(code =>
        code is PluginErrorCode.MemoryBudget
        || (code > PluginErrorCode.Trap && code.ToString().EndsWith("Limit", StringComparison.Ordinal)));

    private static IEnumerable<ManifestErrorCode> Refusals() =>
        Enum.GetValues<ManifestErrorCode>().Where(code => code is not ManifestErrorCode.None);

    [Test]
    public void Print_OfABug_HidesNothingAndEscapesAll()
    {
        using var errors = new StringWriter();
        using var session = new Session(
            new Surroundings { Input = Stream.Null, Output = Stream.Null, Error = errors, Folder = "/" }, false);
        session.Deliver(new ErrorAnswer("run", Explanation.Of(new InvalidOperationException("\u001b[2J"))));
        Assert.That(errors.ToString(), Does.Contain(@"\x1b[2J").And.Not.Contain('\u001b'));
    }
}
