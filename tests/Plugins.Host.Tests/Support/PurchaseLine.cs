namespace Plugins.Host.Tests.Support;

internal sealed record PurchaseLine(string Sku, int Quantity, long UnitPrice);
