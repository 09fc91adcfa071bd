namespace Plugins.Benchmarks.Measuring;

/// <summary>What one operation of a candidate cost.</summary>
/// <param name="Nanoseconds">The median of all rounds.</param>
/// <param name="Ratio">The median of the rounds' ratios to the baseline beside it.</param>
/// <param name="Bytes">Allocated on the managed heap.</param>
internal readonly record struct Measurement(double Nanoseconds, double Ratio, double Bytes);
