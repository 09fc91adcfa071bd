using MessagePack;

namespace Plugins.Host.Tests.Support;

/// <summary>What the example plugin <c>invoice</c> reads; <c>TaxRate</c> is in basis points.</summary>
[MessagePackObject]
public sealed record Purchase(
    [property: Key("customer")] string Customer,
    [property: Key("currency")] string Currency,
    [property: Key("lines")] IReadOnlyList<PurchaseLine> Lines,
    [property: Key("tax_rate")] int? TaxRate);
