using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Plugins.Pdk.Generator;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Generation;

public sealed class PluginGeneratorTests
{
    private const string AllShapes = """
        [assembly: PluginPayloads(typeof(Shop.ShopJson))]

        namespace Shop
        {
            public sealed record Order(int Number);
            public readonly record struct Bill(int Number);

            [JsonSerializable(typeof(Order))]
            [JsonSerializable(typeof(Bill))]
            [JsonSerializable(typeof(Bill?))]
            [JsonSerializable(typeof(List<Order>))]
            public sealed partial class ShopJson;

            public static partial class Plugin
            {
                [PluginFunction("nothing")] public static void Nothing() { }
                [PluginFunction("span")] public static ReadOnlySpan<byte> Span(ReadOnlySpan<byte> input) => input;
                [PluginFunction("bytes")] public static byte[] Bytes(byte[] input) => input;
                [PluginFunction("maybe_bytes")] internal static byte[]? Maybe(scoped ReadOnlySpan<byte> i) => null;
                [PluginFunction("text")] public static string Text(string input) => input;
                [PluginFunction("maybe_text")] public static string? MaybeText(string? input = null) => input;
                [PluginFunction("order")] public static Order Order(Order input) => input;
                [PluginFunction("maybe_order")] public static Order? MaybeOrder(Order? input) => input;
                [PluginFunction("bill")] public static Bill Bill(Bill input) => input;
                [PluginFunction("maybe_bill")] public static Bill? MaybeBill(Bill? input) => input;
                [PluginFunction("orders")] public static List<Order> Orders() => [];
                [PluginFunction("a-b.c/d")] public static void @class() { }

                public partial record Inner
                {
                    [HostFunction("host.nothing")] public static partial void Nothing();
                    [HostFunction("host.reply")] internal static partial HostReply Reply(ReadOnlySpan<byte> request);
                    [HostFunction("host.bytes")] private static partial byte[] Bytes(byte[] @event);
                    [HostFunction("host.text")] private static partial string Text(string request);
                    [HostFunction("host.order")] private static partial Order Order(Order request);
                    [HostFunction("host.maybe")] private static partial Order? Maybe(Bill? request);
                    [HostFunction("host.scoped")] static partial void Scoped(scoped ReadOnlySpan<byte> request);
                }
            }
        }
        """;

    [Test]
    public void GeneratedCode_ForAllShapes_CompilesWithoutWarnings() =>
        Assert.That(new PluginProject(AllShapes).CompileErrors(), Is.Empty);

    [Test]
    public async Task Analyzer_ForAllShapes_ReportsNothing() =>
        Assert.That(await new PluginProject(AllShapes).AnalyzeAsync(), Is.Empty);

    [Test]
    public void Exports_OfOneFunction_AreThisFile()
    {
        var project = new PluginProject("""
            namespace Shop
            {
                public static class Plugin
                {
                    [PluginFunction("price")]
                    public static string Price(string article) => Config.ReadText(article) ?? "";
                }
            }
            """);

        Assert.That(project.Generate()["PluginExports.g.cs"], Is.EqualTo(Golden("PluginExports.txt")));
    }

    [Test]
    public void HostFunction_OfOneShape_IsThisFile()
    {
        var project = new PluginProject("""
            namespace Shop
            {
                internal static partial class Prices
                {
                    [HostFunction("shop.price")] private static partial string Price(string article);
                }
            }
            """);

        Assert.That(project.Generate()["Shop.Prices.shop.price.g.cs"], Is.EqualTo(Golden("HostFunction.txt")));
    }

    [TestCase("Config.Read(\"a\");", "config.read")]
    [TestCase("Variables.Write(\"a\", \"b\"); Variables.Delete(\"a\");", "variables.delete, variables.write")]
    [TestCase("Func<string, byte[]?> read = Variables.Read;", "variables.read")]
    [TestCase("System.Linq.Enumerable.Select(new[] { \"a\" }, Variables.ReadText);", "variables.read")]
    [TestCase("_ = Plugins.Pdk.Clock.GetUtcNow() > DateTimeOffset.MinValue;", "clock.now")]
    [TestCase("Price();", "shop.price")]
    [TestCase("Log.Information(\"a\"); Output.Write(\"b\"); _ = Input.Length;", "")]
    public void Capabilities_OfCode_AreThoseItNames(string code, string capabilities)
    {
        var project = new PluginProject($$"""
            public static partial class Plugin
            {
                [PluginFunction("f")] public static void F() { {{code}} }
                [HostFunction("shop.price")] private static partial string Price();
            }
            """);

        string exports = project.Generate()["PluginExports.g.cs"];
        string names = string.Join(", ", capabilities.Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(name => $"\"{name}\""));
        Assert.That(exports, Does.Contain($"new string[] {{ {names} }}"));
        Assert.That(project.CompileErrors(), Is.Empty);
    }

    [Test]
    public void Project_WithoutFunctions_GetsNoFiles() =>
        Assert.That(new PluginProject("public static class Plugin { }").Generate(), Is.Empty);

    [Test]
    public void Generator_AfterAnUnrelatedEdit_WritesNothingAnew()
    {
        var project = new PluginProject(AllShapes, "public static class Other { }");
        GeneratorDriver driver = PluginProject.CreateDriver().RunGenerators(project.Compilation);
        SyntaxTree old = project.Compilation.SyntaxTrees[^1];
        SyntaxTree edited = CSharpSyntaxTree.ParseText(
            "// A comment.\npublic static class Other { public static int F() => 1; }", PluginProject.ParseOptions);

        driver = driver.RunGenerators(project.Compilation.ReplaceSyntaxTree(old, edited));

        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        IEnumerable<IncrementalStepRunReason> outputs = result.TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
        Assert.That(outputs, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(Reasons(result, PluginGenerator.PluginStep), Is.All.EqualTo(IncrementalStepRunReason.Cached)
            .Or.EqualTo(IncrementalStepRunReason.Unchanged));
        Assert.That(Reasons(result, PluginGenerator.HostFunctionsStep), Is.Not.Empty);
    }

    [Test]
    public void Generator_AfterAnEditAboveAFunction_WritesNothingAnew()
    {
        var project = new PluginProject(AllShapes);
        GeneratorDriver driver = PluginProject.CreateDriver().RunGenerators(project.Compilation);
        SyntaxTree old = project.Compilation.SyntaxTrees[^1];
        SyntaxTree edited = CSharpSyntaxTree.ParseText(
            "// A comment.\n" + old, PluginProject.ParseOptions, old.FilePath);

        driver = driver.RunGenerators(project.Compilation.ReplaceSyntaxTree(old, edited));

        IEnumerable<IncrementalStepRunReason> outputs = driver.GetRunResult().Results.Single().TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
        Assert.That(outputs, Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    private static string Golden(string file) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)).ReplaceLineEndings("\n");

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);
}
