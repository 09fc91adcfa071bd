using MessagePack;

namespace Plugins.Host.Tests.Support;

[MessagePackObject]
public sealed record PurchaseLine(
    [property: Key("sku")] string Sku,
    [property: Key("quantity")] int Quantity,
    [property: Key("unit_price")] long UnitPrice);
