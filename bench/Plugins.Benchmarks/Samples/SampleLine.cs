namespace Plugins.Benchmarks.Samples;

public sealed record SampleLine(string Article, int Count, decimal Price);
