using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Plugins.Host.Generator.Tests.Support;

/// <summary>An application's project in memory: compiled, generated for, analyzed.</summary>
internal sealed class ClientProject
{
    private const string Usings = """
        global using System;
        global using System.IO;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using System.Text.Json.Serialization;
        global using Plugins.Host;
        global using Plugins.Host.Clients;
        """;

    // What the serializer's own generator would write.
    private const string Values = """
        namespace Shop
        {
            public sealed record Cart(int Count);
            public sealed record Quote(int Cents);

            [JsonSerializable(typeof(Cart))]
            [JsonSerializable(typeof(Quote))]
            [JsonSerializable(typeof(int))]
            public sealed class ShopJson : JsonSerializerContext
            {
                public static ShopJson Default => null!;
                public ShopJson() : base(null) { }
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
        }
        """;

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not "Plugins.Host.Generator.Tests.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly CSharpCompilation _compilation;

    internal ClientProject(string source) => _compilation = CSharpCompilation.Create(
        "Shop",
        [.. new[] { Usings, Values, source }.Select(text => CSharpSyntaxTree.ParseText(text, ParseOptions))],
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999,
            generalDiagnosticOption: ReportDiagnostic.Error));

    /// <summary>A project whose client has these members.</summary>
    internal static ClientProject Of(string members, string arguments = "\"shop\", JsonContext = typeof(ShopJson)") =>
        new($"namespace Shop {{ [PluginClient({arguments})] public interface IPricing {{ {members} }} }}");

    /// <summary>The files that the generator writes, by name.</summary>
    internal Dictionary<string, string> Generate() => CreateDriver().RunGenerators(_compilation).GetRunResult()
        .GeneratedTrees
        .ToDictionary(tree => Path.GetFileName(tree.FilePath), tree => tree.ToString(), StringComparer.Ordinal);

    /// <summary>What the compiler says about sources and generated code together.</summary>
    internal string[] CompileErrors()
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(_compilation, out var output, out _);
        return [.. output.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)
            .Select(diagnostic => diagnostic.ToString())];
    }

    /// <summary>What the analyzer reports, in the order of the source.</summary>
    internal async Task<Diagnostic[]> AnalyzeAsync()
    {
        var found = await _compilation.WithAnalyzers([new ClientAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>What the generator's steps say after an edit elsewhere.</summary>
    internal IEnumerable<IncrementalStepRunReason> ReasonsAfterAnEdit()
    {
        var driver = CreateDriver().RunGenerators(_compilation);
        var edited = CSharpSyntaxTree.ParseText("public static class Other { }", ParseOptions);
        return driver.RunGenerators(_compilation.AddSyntaxTrees(edited)).GetRunResult().Results.Single()
            .TrackedOutputSteps
            .SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(output => output.Reason);
    }

    private static CSharpGeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new ClientGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
