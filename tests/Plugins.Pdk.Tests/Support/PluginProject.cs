using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Plugins.Pdk.Generator;

namespace Plugins.Pdk.Tests.Support;

/// <summary>A plugin project in memory: compiled, generated for, analyzed.</summary>
internal sealed class PluginProject
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Text.Json.Serialization;
        global using System.Threading.Tasks;
        global using Plugins.Pdk;
        """;

    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14);

    internal static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999,
        generalDiagnosticOption: ReportDiagnostic.Error);

    internal static readonly ImmutableArray<MetadataReference> References =
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator)
            .Where(path => !IsPluginCode(path))
            .Select(path => MetadataReference.CreateFromFile(path))];

    // What the serializers' own generators would write.
    private const string ContextBody = """
        namespace Shop
        {
            partial class ShopJson : JsonSerializerContext
            {
                public static ShopJson Default => null!;
                public ShopJson() : base(null) { }
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            }
        }
        """;

    internal PluginProject(params string[] sources)
    {
        IEnumerable<string> texts = sources.Any(source => source.Contains("class ShopJson", StringComparison.Ordinal))
            ? [Usings, ContextBody, .. sources]
            : [Usings, .. sources];
        Compilation = CSharpCompilation.Create(
            "Shop.Plugins",
            texts.Select((text, index) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"Source{index}.cs")),
            References,
            Options);
    }

    internal CSharpCompilation Compilation { get; }

    internal static GeneratorDriver CreateDriver() => CSharpGeneratorDriver.Create(
        [new PluginGenerator().AsSourceGenerator()],
        parseOptions: ParseOptions,
        driverOptions: new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The files that the generator writes, by name.</summary>
    internal Dictionary<string, string> Generate() => CreateDriver().RunGenerators(Compilation).GetRunResult()
        .GeneratedTrees
        .ToDictionary(tree => Path.GetFileName(tree.FilePath), tree => tree.ToString(), StringComparer.Ordinal);

    /// <summary>What the compiler says about sources and generated code together.</summary>
    internal string[] CompileErrors()
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(Compilation, out Compilation output, out _);
        return [.. output.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)
            .Select(diagnostic => diagnostic.ToString())];
    }

    /// <summary>What the analyzer reports, after the generator ran, in the order of the source.</summary>
    internal async Task<Diagnostic[]> AnalyzeAsync()
    {
        CreateDriver().RunGeneratorsAndUpdateCompilation(Compilation, out Compilation output, out _);
        var analyzed = output.WithAnalyzers([new PluginAnalyzer()]);
        ImmutableArray<Diagnostic> found = await analyzed.GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private static bool IsPluginCode(string path) => Path.GetFileName(path)
        is "Greeter.dll" or "Invoice.dll" or "Shout.dll" or "Slugify.dll" or "WordCount.dll" or "Plugins.Pdk.Tests.dll";
}
