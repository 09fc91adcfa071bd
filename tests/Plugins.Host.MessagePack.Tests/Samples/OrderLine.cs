namespace Plugins.Host.MessagePack.Tests.Samples;

public sealed record OrderLine(string Article, int Count, decimal Price);
