using Plugins.Host.Clients;

namespace Plugins.Host.Generator.Tests.Clients;

[PluginClient("pricing", JsonContext = typeof(ShopJson))]
public interface IPricing
{
    ValueTask<Quote> QuoteAsync(Cart cart, CancellationToken cancellationToken = default);
}
