using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plugins.Payloads.Generator.Tests.Support;

/// <summary>The generator, run on source text as a compiler would.</summary>
internal sealed class GeneratorRun
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics.CodeAnalysis;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using Plugins.Payloads;

        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    private GeneratorRun(string source)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(Usings + source, path: "Source.cs");
        _compilation = CSharpCompilation.Create("Sample", [tree], References, new(
            OutputKind.DynamicallyLinkedLibrary,
            generalDiagnosticOption: ReportDiagnostic.Error,
            nullableContextOptions: NullableContextOptions.Enable));
        _driver = CSharpGeneratorDriver.Create(
            [new PayloadGenerator().AsSourceGenerator()],
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    public GeneratorRunResult Result { get; private set; }

    /// <summary>Names of files and what is in them.</summary>
    public IReadOnlyDictionary<string, string> Files =>
        Result.GeneratedSources.ToDictionary(
            file => file.HintName, file => file.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>What the generator reports, each once.</summary>
    public IEnumerable<string> DiagnosticIds => IdsOf(Result.Diagnostics);

    /// <summary>What the compiler says to source and generated code together.</summary>
    public IEnumerable<Diagnostic> CompilerDiagnostics { get; private set; } = [];

    public IEnumerable<string> CompilerDiagnosticIds => IdsOf(CompilerDiagnostics);

    public Microsoft.CodeAnalysis.Text.SourceText SourceText => _compilation.SyntaxTrees[0].GetText();

    public static GeneratorRun Of(string source) => new(source);

    /// <summary>Types in a context of their own; {gs} and {gi} are short for the accessors of properties.</summary>
    public static GeneratorRun OfTypes(string root, string types) => new($$"""
        {{types
            .Replace("{gs}", "{ get; set; }", StringComparison.Ordinal)
            .Replace("{gi}", "{ get; init; }", StringComparison.Ordinal)}}

        [PayloadSerializable(typeof({{root}}))]
        public sealed partial class Context : PayloadContext;
        """);

    /// <summary>Adds a file that has nothing to do with payloads.</summary>
    public void AddFile(string source)
    {
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, path: "Other.cs"));
        Run();
    }

    public void Edit(string before, string after)
    {
        SyntaxTree tree = _compilation.SyntaxTrees[0];
        string text = tree.ToString().Replace(before, after, StringComparison.Ordinal);
        _compilation = _compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, path: tree.FilePath));
        Run();
    }

    /// <summary>Why the results of a step are what they are.</summary>
    public IEnumerable<IncrementalStepRunReason> ReasonsOf(string step) =>
        Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static SortedSet<string> IdsOf(IEnumerable<Diagnostic> diagnostics) =>
        new(diagnostics.Select(diagnostic => diagnostic.Id), StringComparer.Ordinal);

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation output, out _);
        Result = _driver.GetRunResult().Results[0];
        CompilerDiagnostics = output.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info);
    }
}
