using System.ComponentModel;

namespace Plugins.Cli.Benchmarking;

/// <summary>One line of a budget, and what was measured.</summary>
internal sealed record BudgetLine(
    [property: Description("fuelPerCall, memoryBytes, p50Ms, p95Ms, p99Ms or callsPerSecond.")] string Name,
    [property: Description("What is allowed: at most, and for callsPerSecond at least.")] double Budget,
    [property: Description("What was measured.")] double Measured,
    [property: Description("Whether it is kept.")] bool Kept);
