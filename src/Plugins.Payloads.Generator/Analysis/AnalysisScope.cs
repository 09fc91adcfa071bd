using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Pipeline;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>
/// What the analysis of one context shares: where it looks from, its options, and the faults it finds.
/// </summary>
internal sealed class AnalysisScope(Compilation compilation, INamedTypeSymbol context)
{
    private readonly List<Fault> _faults = [];
    private readonly AttributeData? _options = context.FindAttribute(AttributeNames.Options);

    public INamedTypeSymbol Context => context;

    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>A value of <c>JsonKnownNamingPolicy</c>.</summary>
    public int NamingPolicy => _options?.Named("PropertyNamingPolicy") as int? ?? 0;

    /// <summary>Whether types that do not say otherwise refuse unknown members.</summary>
    public bool IsClosed => _options?.Named("UnmappedMemberHandling") is 1;

    /// <summary>Where the type was asked for: faults of types from elsewhere are shown there.</summary>
    public Location? Request { get; set; }

    public bool CanReach(ISymbol symbol) => compilation.IsSymbolAccessibleWithin(symbol, context);

    public void Report(DiagnosticDescriptor rule, ISymbol? symbol, params string[] arguments)
    {
        Location? place = symbol?.Locations.FirstOrDefault(location => location.IsInSource) ?? Request;
        _faults.Add(new Fault(rule, SourceSpan.Of(place), arguments.ToEquatableArray()));
    }
}
