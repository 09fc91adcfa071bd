namespace Plugins.Host.Tests.Support;

/// <summary>What the example plugin <c>invoice</c> reads; <c>TaxRate</c> is in basis points.</summary>
internal sealed record Purchase(string Customer, string Currency, IReadOnlyList<PurchaseLine> Lines, int? TaxRate);
