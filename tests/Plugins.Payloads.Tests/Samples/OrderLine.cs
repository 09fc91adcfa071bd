namespace Plugins.Payloads.Tests.Samples;

public sealed record OrderLine(string Article, int Count, decimal Price);
