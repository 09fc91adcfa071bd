namespace Plugins.Host.Generator.Tests.Clients;

public sealed record CartItem(string Sku, int Quantity, int UnitPriceCents);
