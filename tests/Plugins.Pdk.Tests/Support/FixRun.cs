using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Plugins.Pdk.Tests.Support;

/// <summary>Applies a fix as an editor does, in a workspace of its own.</summary>
internal static class FixRun
{
    /// <summary>The last source after the first fix of the first fault, and what the editor calls the fix.</summary>
    internal static async Task<(string Text, string Title)> ApplyAsync(PluginProject project, CodeFixProvider provider)
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, project);
        Diagnostic fault = (await project.AnalyzeAsync()).First(diagnostic =>
            provider.FixableDiagnosticIds.Contains(diagnostic.Id, StringComparer.Ordinal));

        List<CodeAction> actions = [];
        SyntaxTree tree = await document.GetSyntaxTreeAsync() ?? throw new InvalidOperationException("no tree");
        Diagnostic inDocument = Diagnostic.Create(
            fault.Descriptor, Location.Create(tree, fault.Location.SourceSpan), fault.Properties);
        await provider.RegisterCodeFixesAsync(
            new CodeFixContext(document, inDocument, (action, _) => actions.Add(action), CancellationToken.None));

        ImmutableArray<CodeActionOperation> operations = await actions[0].GetOperationsAsync(CancellationToken.None);
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        return (await CleanAsync(changed.GetDocument(document.Id)!), actions[0].Title);
    }

    private static Document Open(AdhocWorkspace workspace, PluginProject project)
    {
        Project opened = workspace.AddProject("Shop", LanguageNames.CSharp)
            .WithCompilationOptions(PluginProject.Options)
            .WithParseOptions(PluginProject.ParseOptions)
            .WithMetadataReferences(PluginProject.References);
        SyntaxTree[] trees = [.. project.Compilation.SyntaxTrees];
        foreach (SyntaxTree tree in trees)
        {
            opened = opened.AddDocument(tree.FilePath, tree.GetText(), filePath: tree.FilePath).Project;
        }

        return opened.Documents.First(document => document.FilePath == trees[^1].FilePath);
    }

    // What code actions do once they are applied: qualified names become short, annotated code is laid out.
    private static async Task<string> CleanAsync(Document document)
    {
        document = await Simplifier.ReduceAsync(document);
        document = await Formatter.FormatAsync(document, Formatter.Annotation);
        SourceText text = await document.GetTextAsync();
        return text.ToString();
    }
}
