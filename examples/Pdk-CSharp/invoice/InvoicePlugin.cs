using MessagePack;
using Plugins.Pdk;

namespace Invoice;

/// <summary>Makes an invoice of an order, both in MessagePack.</summary>
/// <remarks>
/// <c>{"customer": "Ada", "currency": "EUR", "lines": [{"sku": "a-1", "quantity": 2, "unit_price": 1250}], "tax_rate":
/// 1900}</c> becomes <c>{"customer": "Ada", "currency": "EUR", "lines": 1, "net": 2500, "tax": 475, "total": 2975}</c>.
/// Amounts are cents, the tax rate hundredths of a percent; the tax is rounded half up. An order may have a moment
/// <c>issued</c>, which the invoice repeats; it and the tax rate may be nil. Unknown keys are skipped. An order may
/// have 16,384 bytes. A failure names the field, which is why the order is read by hand and not as a payload type.
/// </remarks>
public static class InvoicePlugin
{
    private const int OrderBytes = 16_384;

    /// <summary>The one function.</summary>
    [PluginFunction("invoice")]
    public static void MakeInvoice()
    {
        var buffer = new byte[OrderBytes];
        Order order = OrderReader.Read(buffer.AsMemory(0, Input.ReadAll(buffer).Length));
        using var output = new OutputWriter();
        Write(order, output);
    }

    private static void Write(Order order, OutputWriter output)
    {
        ulong tax = ((order.Net * order.TaxRate) + 5_000) / 10_000;
        var writer = new MessagePackWriter(output);
        writer.WriteMapHeader(order.Issued is null ? 6 : 7);
        writer.Write("customer");
        writer.Write(order.Customer);
        writer.Write("currency");
        writer.Write(order.Currency);
        writer.Write("lines");
        writer.Write(order.Lines);
        writer.Write("net");
        writer.Write(order.Net);
        writer.Write("tax");
        writer.Write(tax);
        writer.Write("total");
        writer.Write(order.Net + tax);
        if (order.Issued is Moment issued)
        {
            writer.Write("issued");
            issued.Write(ref writer);
        }

        writer.Flush();
    }
}
