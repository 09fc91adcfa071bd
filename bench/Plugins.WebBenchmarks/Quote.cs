namespace Plugins.WebBenchmarks;

internal sealed record Quote(
    string Customer, QuoteLine[] Lines, long SubtotalCents, long DiscountPercent, long TotalCents);
