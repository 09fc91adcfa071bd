namespace Plugins.Host.Tests.Payloads.Support;

internal sealed record ParcelLine(string Article, int Count);
