using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Plugins.Pdk.Generator.Diagnostics;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Collects what is wrong with one method.</summary>
/// <remarks>The analyzer reports it; the generator only sees that there is something, and writes nothing.</remarks>
internal sealed class MethodFaults(IMethodSymbol method, CancellationToken cancellation)
{
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Found => _found;

    public bool Any => _found.Count > 0;

    public void Add(DiagnosticDescriptor rule, params string[] arguments) => AddAt(Place(method), rule, arguments);

    public void AddAt(Location place, DiagnosticDescriptor rule, params string[] arguments) =>
        _found.Add(Diagnostic.Create(rule, place, [.. arguments]));

    /// <summary>The one fault whose repair is in another place, which its properties tell.</summary>
    public void AddNotInContext(INamedTypeSymbol context, ITypeSymbol type)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty
            .Add("Context", context.ToMetadataName())
            .Add("Attribute", "global::" + KnownNames.JsonSerializable)
            .Add("Type", type.ToCode());
        _found.Add(Diagnostic.Create(
            PluginRules.NotInContext,
            Place(method),
            properties,
            context.Name,
            type.ToDisplayString()));
    }

    /// <summary>Where an attribute of the method is written.</summary>
    public Location Place(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? Place(method);

    public static Location Place(ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;

    /// <summary>What holds for plugin functions and host functions alike.</summary>
    public void CheckMethod()
    {
        if (method.IsGenericMethod || method.IsAbstract || method.TypesAround().Any(type => type.IsGenericType))
        {
            Add(PluginRules.Generic, method.Name);
        }

        if (method.IsAsync || IsTask(method.ReturnType))
        {
            Add(PluginRules.Asynchronous, method.Name);
        }
    }

    private static bool IsTask(ITypeSymbol type) => type is INamedTypeSymbol { Name: var name }
        && name is "Task" or "ValueTask" or "IAsyncEnumerable"
        && type.ContainingNamespace.ToDisplayString() is "System.Threading.Tasks" or "System.Collections.Generic";
}
