namespace Plugins.WebBenchmarks;

internal sealed record QuoteLine(string Sku, long Quantity, long Cents);
