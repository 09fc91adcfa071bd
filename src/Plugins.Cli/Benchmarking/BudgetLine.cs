using System.ComponentModel;

namespace Plugins.Cli.Benchmarking;

/// <summary>One line of a budget, and what was measured.</summary>
internal sealed record BudgetLine(
    [property: Description("fuelPerCall, memoryBytes, p50Ms, p95Ms, p99Ms or callsPerSecond.")] string Name,
    [property: Description("The limit: an upper one, but a lower one for callsPerSecond.")] double Budget,
    [property: Description("The measurement.")] double Measured,
    [property: Description("True if the measurement is within the limit.")] bool Kept);
