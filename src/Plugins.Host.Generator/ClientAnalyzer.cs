using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Plugins.Host.Generator.Analysis;
using Plugins.Host.Generator.Diagnostics;
using Plugins.Pdk.Generator.Analysis;

namespace Plugins.Host.Generator;

/// <summary>Reports the interfaces that the generator writes no client for, and why.</summary>
/// <remarks>Safe for use by many threads; the compiler makes it.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ClientRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var client = (INamedTypeSymbol)context.Symbol;
        if (client.TypeKind != TypeKind.Interface
            || client.AttributesOf(KnownNames.PluginClient).FirstOrDefault() is not { } attribute)
        {
            return;
        }

        var faults = new ClientFaults();
        ClientReader.Read(client, attribute, faults, context.CancellationToken);
        foreach (Diagnostic fault in faults.Found)
        {
            context.ReportDiagnostic(fault);
        }
    }
}
