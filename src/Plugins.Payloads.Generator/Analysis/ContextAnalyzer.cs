using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Payloads.Generator.Diagnostics;
using Plugins.Payloads.Generator.Pipeline;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Turns a class with <c>[PayloadSerializable]</c> into the shape of what is generated for it.</summary>
internal static class ContextAnalyzer
{
    public static ContextAnalysis Analyze(GeneratorAttributeSyntaxContext syntax, CancellationToken cancellation)
    {
        var context = (INamedTypeSymbol)syntax.TargetSymbol;
        var scope = new AnalysisScope(syntax.SemanticModel.Compilation, context);
        if (FaultOf(context) is string fault)
        {
            scope.Report(PayloadRules.UnusableContext, context, context.Name, fault);
            return new(Shape: null, scope.Faults.ToEquatableArray());
        }

        var graph = new TypeGraph(scope);
        foreach (AttributeData attribute in syntax.Attributes)
        {
            if (attribute.Argument(0) is ITypeSymbol type)
            {
                graph.AddRoot(type, attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation());
            }
        }

        graph.Complete(cancellation);
        return new(ShapeOf(context, graph), scope.Faults.Distinct().ToEquatableArray());
    }

    private static ContextShape ShapeOf(INamedTypeSymbol context, TypeGraph graph) => new(
        context.ContainingNamespace.IsGlobalNamespace ? null : context.ContainingNamespace.ToDisplayString(),
        WithOuter(context).Reverse().Select(Declaration).ToEquatableArray(),
        context.Identifier(),
        graph.Types.ToEquatableArray(),
        graph.Entries.ToEquatableArray());

    private static string? FaultOf(INamedTypeSymbol context) => context switch
    {
        _ when context.BaseTypes().All(parent => parent.ToDisplayString() is not AttributeNames.Context) =>
            "it does not derive from PayloadContext",
        { IsAbstract: true } => "it is abstract",
        _ when WithOuter(context).Any(type => !type.TypeParameters.IsEmpty) =>
            "it is generic, or inside a generic type",
        _ when !WithOuter(context).All(IsPartial) => "it, or a type around it, is not partial",
        _ when !context.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty) =>
            "it has no constructor without parameters",
        _ => null,
    };

    private static IEnumerable<INamedTypeSymbol> WithOuter(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    private static bool IsPartial(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(reference =>
        reference.GetSyntax() is TypeDeclarationSyntax declaration
            && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Declaration(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Interface, _) => "partial interface ",
        (TypeKind.Struct, true) => "partial record struct ",
        (TypeKind.Struct, _) => "partial struct ",
        (_, true) => "partial record ",
        _ => "partial class ",
    } + type.Identifier();
}
