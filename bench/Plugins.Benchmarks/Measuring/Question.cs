namespace Plugins.Benchmarks.Measuring;

/// <summary>Candidates that are compared with one baseline.</summary>
/// <param name="Title">The question.</param>
/// <param name="Baseline">What the ratios are to.</param>
/// <param name="Candidates">What is compared with it.</param>
internal sealed record Question(string Title, Candidate Baseline, params Candidate[] Candidates);
