using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plugins.Conventions.Tests.Sources;

/// <summary>One text file of the repository; a C# one can be asked for its syntax.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<CompilationUnitSyntax> _syntax =
        new(() => CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot());

    /// <summary>From the repository's root, with forward slashes.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    public IReadOnlyList<string> Lines { get; } = text.TrimEnd('\n').Split('\n');

    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : "";

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    public CompilationUnitSyntax Syntax => _syntax.Value;

    public IEnumerable<TNode> Nodes<TNode>()
        where TNode : SyntaxNode => Syntax.DescendantNodes().OfType<TNode>();

    public static SourceFile Read(string path) => new(path, File.ReadAllText(Repository.FullPath(path)));
}
