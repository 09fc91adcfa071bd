using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Pdk.Generator.Diagnostics;
using Plugins.Pdk.Generator.Pipeline;
using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Looks at a method with [HostFunction].</summary>
internal static class HostFunctionAnalyzer
{
    // The analyzer sees what the generator wrote, in files that the compiler names for it.
    private const string Generator = "Plugins.Pdk.Generator.PluginGenerator";

    /// <summary>What to write, or null when a fault was found.</summary>
    public static HostFunctionShape? Analyze(
        IMethodSymbol method, SyntaxNode node, AttributeData attribute, MethodFaults faults)
    {
        string capability = attribute.FirstArgument() as string ?? "";
        if (!ExportNames.IsCapability(capability))
        {
            faults.AddAt(faults.Place(attribute), PluginRules.InvalidCapability, capability);
        }

        if (!HasPlaceForBody(method, node))
        {
            faults.Add(PluginRules.NotPartial, method.Name);
        }

        faults.CheckMethod();
        var values = new ValueAnalyzer(method, faults);
        ValueShape request = values.Parameter();
        ValueShape reply = values.Result(acceptsReply: true);
        return faults.Any ? null : Shape(capability, node, method, request, reply);
    }

    private static bool HasPlaceForBody(IMethodSymbol method, SyntaxNode node) => method.IsStatic
        && method.IsPartialDefinition
        && method.PartialImplementationPart?.DeclaringSyntaxReferences.All(IsGenerated) is not false
        && node.Ancestors().OfType<TypeDeclarationSyntax>().All(IsPartial);

    private static bool IsGenerated(SyntaxReference part) => part.SyntaxTree.FilePath.Contains(Generator);

    private static bool IsPartial(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static HostFunctionShape Shape(
        string capability, SyntaxNode node, IMethodSymbol method, ValueShape request, ValueShape reply)
    {
        INamespaceSymbol space = method.ContainingNamespace;
        return new HostFunctionShape(
            capability,
            space.IsGlobalNamespace ? "" : space.ToDisplayString(),
            method.TypesAround().Reverse().Select(Head).ToEquatableArray(),
            Signature((MethodDeclarationSyntax)node, method),
            method.Parameters.IsEmpty ? "" : "@" + method.Parameters[0].Name,
            request,
            reply);
    }

    private static string Head(INamedTypeSymbol type)
    {
        string kind = type switch
        {
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        return $"partial {kind} @{type.Name}";
    }

    // Both parts of a partial method have the same modifiers.
    private static string Signature(MethodDeclarationSyntax node, IMethodSymbol method)
    {
        string modifiers = string.Join(" ", node.Modifiers.Select(modifier => modifier.Text));
        string result = method.ReturnsVoid ? "void" : method.ReturnType.ToCode();
        return $"{modifiers} {result} @{method.Name}({string.Concat(method.Parameters.Select(Parameter))})";
    }

    private static string Parameter(IParameterSymbol parameter)
    {
        string scoped = parameter.ScopedKind == ScopedKind.None ? "" : "scoped ";
        return $"{scoped}{parameter.Type.ToCode()} @{parameter.Name}";
    }
}
