namespace Plugins.WebBenchmarks;

internal sealed record CartItem(string Sku, long Quantity, long UnitPriceCents);
