namespace Plugins.Pdk.Tests.Guest;

/// <summary>A plugin of this project, made by the generator as any other.</summary>
[PluginPayloads(typeof(OrderJson))]
internal static partial class OrderPlugin
{
    [PluginFunction("reverse")]
    internal static byte[] Reverse(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        Array.Reverse(bytes);
        return bytes;
    }

    [PluginFunction("length")]
    internal static int Length(string text) => text.Length;

    [PluginFunction("next_json")]
    internal static Order NextJson(Order order) => order with { Number = order.Number + 1 };

    [PluginFunction("maybe_json")]
    internal static Order? MaybeJson(Order? order) => order;

    [PluginFunction("price")]
    internal static string Price(string article) => $"{article} costs {AskPrice(article)}";

    [PluginFunction("ordered")]
    internal static void Ordered(Order order) => Ask(order);

    [HostFunction("shop.price")]
    private static partial string AskPrice(string article);

    [HostFunction("shop.order")]
    private static partial Order Ask(Order order);
}
