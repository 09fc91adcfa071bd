using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Tests.Support;

namespace Plugins.Payloads.Generator.Tests;

/// <summary>The generator runs on every key that is pressed, so it must see what did not change.</summary>
public sealed class IncrementalTests
{
    private const string Source = """
        public record Order(int Id, List<Line> Lines);
        public record Line(string Article);
        [PayloadSerializable(typeof(Order))]
        public sealed partial class Context : PayloadContext;
        """;

    [Test]
    public void UnrelatedFile_Added_RerunsNothing()
    {
        GeneratorRun run = GeneratorRun.Of(Source);

        run.AddFile("class Unrelated { int Field; }");

        Assert.That(run.ReasonsOf(PayloadGenerator.ShapesStep), Is.All.EqualTo(IncrementalStepRunReason.Unchanged)
            .Or.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(OutputReasons(run), Is.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [TestCase("public record Order", "\n\n// A comment.\npublic record Order")]
    [TestCase("public sealed partial class", "public sealed partial  class")]
    [TestCase("Context : PayloadContext;", "Context : PayloadContext { void Own() { } }")]
    public void SameFile_EditedBesideThePayloads_WritesNothing(string before, string after)
    {
        GeneratorRun run = GeneratorRun.Of(Source);

        run.Edit(before, after);

        Assert.That(OutputReasons(run), Is.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void OneType_Edited_WritesOnlyItsFile()
    {
        GeneratorRun run = GeneratorRun.Of(Source);

        run.Edit("string Article", "string Article, int Count");

        Assert.That(
            run.ReasonsOf(PayloadGenerator.TypesStep).Count(reason => reason is IncrementalStepRunReason.Modified),
            Is.EqualTo(1));
    }

    [Test]
    public void Runs_OfTheSameSource_AreIdentical()
    {
        IReadOnlyDictionary<string, string> first = GeneratorRun.Of(Source).Files;

        Assert.That(GeneratorRun.Of(Source).Files, Is.EqualTo(first));
    }

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRun run) =>
        run.Result.TrackedOutputSteps.SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
}
