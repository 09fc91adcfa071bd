using System.Text.Json;
using System.Text.Json.Serialization;
using Plugins.Host.Clients;

namespace AspNetPricing;

[PluginClient("pricing", JsonContext = typeof(PricingJson))]
internal interface IPricing
{
    ValueTask<Quote> QuoteAsync(Cart cart, CancellationToken cancellation);
}

internal sealed record CartItem(string Sku, int Quantity, long UnitPriceCents);
internal sealed record Cart(string Customer, CartItem[] Items);
internal sealed record Quote(string Customer, int Quantity, long TotalCents);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Cart)), JsonSerializable(typeof(Quote))]
internal sealed partial class PricingJson : JsonSerializerContext;
