using Plugins.Cli.Files;

namespace Plugins.Cli.Benchmarking;

/// <summary>What a call may cost: a file that CI holds measurements against.</summary>
internal sealed record Budget
{
    private static readonly string[] Names = ["fuelPerCall", "memoryBytes", "p50Ms", "p95Ms", "p99Ms",
        "callsPerSecond"];

    private readonly IReadOnlyDictionary<string, double> _limits;

    private Budget(IReadOnlyDictionary<string, double> limits) => _limits = limits;

    internal static Budget Read(ReadOnlyMemory<byte> json, string name)
    {
        using var document = StrictField.Parse(json, name);
        var limits = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (field, value) in new StrictField(name, "", document.RootElement).Fields(Names))
        {
            limits[field] = value.Real();
        }

        return new Budget(limits);
    }

    /// <summary>Every line of the budget, kept or not.</summary>
    internal IReadOnlyList<BudgetLine> Judge(BenchAnswer measured) =>
    [
        .. _limits.Select(limit =>
        {
            var value = measured.Value(limit.Key);
            var isKept = limit.Key == "callsPerSecond" ? value >= limit.Value : value <= limit.Value;
            return new BudgetLine(limit.Key, limit.Value, value, isKept);
        }),
    ];
}
