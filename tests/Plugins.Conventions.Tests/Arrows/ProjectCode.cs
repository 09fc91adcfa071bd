using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Arrows;

/// <summary>The source of one project, compiled to find out what each name in it means.</summary>
/// <remarks>What source generators would add is missing, and so are errors because of that: nothing is run.</remarks>
internal sealed class ProjectCode
{
    // What the SDK imports everywhere.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly Lazy<MetadataReference[]> References = new(FindReferences);

    private readonly CSharpCompilation _compilation;

    private ProjectCode(string name, IEnumerable<SourceFile> files, IEnumerable<MetadataReference> references)
    {
        CSharpParseOptions options = new(LanguageVersion.Preview, DocumentationMode.None);
        _compilation = CSharpCompilation.Create(
            name,
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, options),
                .. files.Select(file => CSharpSyntaxTree.ParseText(file.Text, options, file.Path)),
            ],
            references,
            new(OutputKind.ConsoleApplication, allowUnsafe: true));
        Files = [.. files.Select(file => file.Path)];
    }

    /// <summary>The paths of its files, from the project's folder.</summary>
    public IReadOnlyList<string> Files { get; }

    public static ProjectCode Load(string project)
    {
        string folder = $"src/{project}/";
        var files = Repository.FilesBelow(folder).Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(path => new SourceFile(path[folder.Length..], File.ReadAllText(Repository.FullPath(path))));
        return new ProjectCode(
            project, [.. files], References.Value.Where(file => Path.GetFileName(file.Display) != project + ".dll"));
    }

    public static ProjectCode Of(params SourceFile[] files) => new("Sample", files, References.Value);

    /// <summary>All references from file to file; names of the same file and of other assemblies left out.</summary>
    public IEnumerable<CodeReference> FindReferencesBetweenFiles() =>
        from tree in _compilation.SyntaxTrees
        where tree.FilePath.Length > 0
        let model = _compilation.GetSemanticModel(tree)
        from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
        let symbol = model.GetSymbolInfo(name).Symbol
        where !(symbol is INamedTypeSymbol && IsQualifier(name)) && !IsOnlyNamed(name)
        let target = symbol is null ? null : FileOf(symbol)
        where target is not null && target != tree.FilePath
        select new CodeReference(tree.FilePath, name.Line, target, name.Identifier.Text);

    // Of a type in parts only the member is meant, which may be in another file.
    private static bool IsQualifier(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name || IsQualifierIn(access, name),
        _ => false,
    };

    private static bool IsQualifierIn(MemberAccessExpressionSyntax access, SimpleNameSyntax name) =>
        access.Name == name && access.Parent is MemberAccessExpressionSyntax outer && outer.Expression == access;

    // A message may tell people of something that the code itself does not use.
    private static bool IsOnlyNamed(SimpleNameSyntax name) => name.Ancestors().OfType<InvocationExpressionSyntax>()
        .Any(call => IsOfNames(call.Expression.ToString()));

    private static bool IsOfNames(string method) =>
        method == "nameof" || method.EndsWith("ObjectDisposedException.ThrowIf", StringComparison.Ordinal);

    private static string? FileOf(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { ContainingType: { } outer } => FileOf(outer),
        INamedTypeSymbol type => FileOfType(type.OriginalDefinition),
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol when symbol.ContainingType is { } type =>
            PathsOf(symbol.OriginalDefinition).FirstOrDefault() ?? FileOf(type),
        _ => null,
    };

    // A type in parts is where the part is that bears its name alone.
    private static string? FileOfType(INamedTypeSymbol type) =>
        PathsOf(type).OrderBy(path => path.Length).FirstOrDefault();

    private static IEnumerable<string> PathsOf(ISymbol symbol) =>
        symbol.DeclaringSyntaxReferences.Select(syntax => syntax.SyntaxTree.FilePath);

    private static MetadataReference[] FindReferences() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator)
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
            .DistinctBy(Path.GetFileName, StringComparer.Ordinal)
            .Where(path => Path.GetFileName(path) != "Plugins.Conventions.Tests.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
