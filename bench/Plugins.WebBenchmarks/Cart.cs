namespace Plugins.WebBenchmarks;

/// <summary>What a request asks the price of.</summary>
internal sealed record Cart(string Customer, CartItem[] Items)
{
    private const int Count = 16;

    /// <summary>One of about 1 KiB of JSON.</summary>
    public static Cart Sample => new(
        "Ada Lovelace",
        [.. Enumerable.Range(1, Count).Select(item => new CartItem($"article-{item:0000}", item, 1_250 + item))]);

    /// <summary>The answer of the endpoint in plain C#, which does what the plugin does.</summary>
    public Quote ToQuote()
    {
        var lines = new QuoteLine[Items.Length];
        long quantity = 0;
        long subtotal = 0;
        for (var index = 0; index < lines.Length; index++)
        {
            var item = Items[index];
            lines[index] = new QuoteLine(item.Sku, item.Quantity, item.Quantity * item.UnitPriceCents);
            quantity += item.Quantity;
            subtotal += lines[index].Cents;
        }

        long percent = quantity >= 100 ? 10 : quantity >= 10 ? 5 : 0;
        return new Quote(Customer, lines, subtotal, percent, subtotal - (subtotal * percent / 100));
    }
}
