using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Plugins.Pdk.Generator.Analysis;
using Plugins.Pdk.Generator.Diagnostics;

namespace Plugins.Pdk.Generator;

/// <summary>Reports the plugin functions and host functions that the generator writes nothing for, and why.</summary>
/// <remarks>
/// Safe for use by many threads; the compiler makes it. Apart from the generator, because editors offer fixes only for
/// what an analyzer reports.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PluginAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = PluginRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        var names = new ConcurrentBag<(string Name, Location Place)>();
        context.RegisterSymbolAction(
            symbol => Check((IMethodSymbol)symbol.Symbol, symbol.ReportDiagnostic, names, symbol.CancellationToken),
            SymbolKind.Method);
        context.RegisterSyntaxNodeAction(
            node => Check(
                node.SemanticModel.GetDeclaredSymbol(node.Node, node.CancellationToken) as IMethodSymbol,
                node.ReportDiagnostic,
                names,
                node.CancellationToken),
            SyntaxKind.LocalFunctionStatement);
        context.RegisterCompilationEndAction(end => CheckNames(names, end.ReportDiagnostic));
    }

    private static void Check(
        IMethodSymbol? method,
        Action<Diagnostic> report,
        ConcurrentBag<(string Name, Location Place)> names,
        CancellationToken cancellation)
    {
        // Attributes count for both parts of a partial method; one of them is enough.
        if (method is null or { PartialDefinitionPart: not null })
        {
            return;
        }

        var faults = new MethodFaults(method, cancellation);
        foreach (AttributeData attribute in method.AttributesOf(KnownNames.PluginFunction))
        {
            FunctionAnalyzer.Analyze(method, attribute, faults);
            names.Add((FunctionAnalyzer.NameOf(attribute), faults.Place(attribute)));
        }

        SyntaxNode? node = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        foreach (AttributeData attribute in method.AttributesOf(KnownNames.HostFunction).Where(_ => node is not null))
        {
            HostFunctionAnalyzer.Analyze(method, node!, attribute, faults);
        }

        foreach (Diagnostic fault in faults.Found)
        {
            report(fault);
        }
    }

    private static void CheckNames(IEnumerable<(string Name, Location Place)> names, Action<Diagnostic> report)
    {
        IEnumerable<(string Name, Location Place)> repeated = names
            .OrderBy(named => named.Place.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(named => named.Place.SourceSpan.Start)
            .GroupBy(named => named.Name, StringComparer.Ordinal)
            .SelectMany(group => group.Skip(1));
        foreach ((string name, Location place) in repeated)
        {
            report(Diagnostic.Create(PluginRules.DuplicateName, place, name));
        }
    }
}
