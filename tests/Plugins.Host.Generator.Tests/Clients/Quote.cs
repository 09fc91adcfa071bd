namespace Plugins.Host.Generator.Tests.Clients;

public sealed record Quote(string Customer, int Quantity, long TotalCents);
