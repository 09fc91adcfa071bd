using Plugins.Host.Clients;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Generator.Tests.Clients;

/// <summary>Values in the format of the plugin's manifest, which is MessagePack.</summary>
[PluginClient("billing", UseHostFormats = true)]
internal interface IBilling
{
    Invoice Invoice(Purchase purchase);

    Task<Invoice> InvoiceAsync(Purchase purchase, CancellationToken cancellationToken);
}
