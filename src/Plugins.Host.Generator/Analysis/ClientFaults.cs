using Microsoft.CodeAnalysis;

namespace Plugins.Host.Generator.Analysis;

/// <summary>Collects what is wrong with one interface.</summary>
/// <remarks>The analyzer reports it; the generator only sees that there is something, and writes nothing.</remarks>
internal sealed class ClientFaults
{
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Found => _found;

    public bool Any => _found.Count > 0;

    public void Add(ISymbol symbol, DiagnosticDescriptor rule, params string[] arguments) => _found.Add(
        Diagnostic.Create(rule, symbol.Locations.FirstOrDefault() ?? Location.None, [.. arguments]));
}
