namespace Plugins.Benchmarks.Measuring;

/// <summary>One thing that is measured.</summary>
/// <param name="Name">What it is, in a table.</param>
/// <param name="Run">Does it once, or <paramref name="Operations"/> times.</param>
/// <param name="Operations">How often one run does it.</param>
internal sealed record Candidate(string Name, Action Run, int Operations = 1)
{
    /// <summary>The target as the table says it.</summary>
    public string Target { get; init; } = "";

    /// <summary>Whether what was measured meets the target; null where there is none.</summary>
    public Func<Measurement, bool>? Meets { get; init; }
}
