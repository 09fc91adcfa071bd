namespace Plugins.Benchmarks.Samples;

internal sealed record SampleLine(string Article, int Count, decimal Price);
