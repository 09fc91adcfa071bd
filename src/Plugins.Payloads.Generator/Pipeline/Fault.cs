using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Pipeline;

/// <summary>A diagnostic to be reported, comparable and free of symbols.</summary>
internal sealed record Fault(DiagnosticDescriptor Rule, SourceSpan? Place, EquatableArray<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rule, Place?.ToLocation() ?? Location.None, [.. Arguments]);
}
