using Plugins.Payloads.MessagePack;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Guest;

public sealed class OrderPluginTests
{
    private static readonly Order Sample = new(7, ["pen"]);

    [Test]
    public void Function_OverBytes_TakesAndGivesBytes()
    {
        var host = new MemoryRuntime();

        Assert.That(host.Call(PluginExports.Module.Functions["reverse"], [1, 2, 255]), Is.Zero);
        Assert.That(host.Output.ToArray(), Is.EqualTo(new byte[] { 255, 2, 1 }));
    }

    [Test]
    public void Function_OverTextAndNumber_TakesTextAndGivesJson() =>
        Assert.That(Call("length", "日本").OutputText, Is.EqualTo("2"));

    [TestCase("next_json", """{"Number":7,"Articles":["pen"]}""", """{"Number":8,"Articles":["pen"],"Note":null}""")]
    [TestCase("maybe_json", "null", "null")]
    public void Function_OverJson_GivesJson(string function, string input, string output) =>
        Assert.That(Call(function, input).OutputText, Is.EqualTo(output));

    [TestCase("length", "", "0")]
    public void Function_OverEmptyText_IsCalled(string function, string input, string output) =>
        Assert.That(Call(function, input).OutputText, Is.EqualTo(output));

    [TestCase("next_json", "null", "the input cannot be read: it is null")]
    [TestCase("next_json", "", "the input cannot be read: ")]
    [TestCase("next_json", "{", "the input cannot be read: ")]
    [TestCase("next_json", """{"Number":7,"Articles":[]} 1""", "the input cannot be read: ")]
    [TestCase("next_json", """{"Number":"7"}""", "the input cannot be read: ")]
    [TestCase("next_packed", "\x01\x02", "the input cannot be read: ")]
    [TestCase("next_packed", "", "the input cannot be read: ")]
    public void Function_OverAPayload_FailsOnOtherInput(string function, string input, string error)
    {
        MemoryRuntime host = Call(function, input, code: 1);

        Assert.That(host.ErrorText, Does.StartWith(error));
        Assert.That(host.OutputText, Is.Empty);
    }

    [Test]
    public void Function_OverMessagePack_GivesMessagePack()
    {
        var host = new MemoryRuntime();
        byte[] input = MessagePackSerializer.Serialize(Sample, OrderPack.Default);

        int code = host.Call(PluginExports.Module.Functions["next_packed"], input);

        Order output = MessagePackSerializer.Deserialize<Order>(host.Output.ToArray(), OrderPack.Default);
        Assert.That((code, output.Number, output.Articles[0], output.Note), Is.EqualTo((0, 8, "pen", (string?)null)));
    }

    [Test]
    public void Function_OverMessagePackThatMayBeNull_TakesNil()
    {
        var host = new MemoryRuntime();

        Assert.That(host.Call(PluginExports.Module.Functions["maybe_packed"], [0xC0]), Is.Zero);
        Assert.That(host.Output.ToArray(), Is.EqualTo(new byte[] { 0xC0 }));
    }

    [Test]
    public void HostFunction_OverText_CarriesText()
    {
        var host = new MemoryRuntime().With("shop.price", article => Answer.Of($"{article.Length} €"));

        Assert.That(host.Call(PluginExports.Module.Functions["price"], "pen"), Is.Zero);
        Assert.That(host.OutputText, Is.EqualTo("pen costs 3 €"));
    }

    [TestCase("price", 1, "shop.price is not permitted")]
    [TestCase("ordered", 1, "shop.order gave an answer that cannot be read")]
    [TestCase("ordered_packed", 1, "shop.packed gave an answer that cannot be read")]
    public void HostFunction_OfABadAnswer_FailsTheCall(string function, int code, string error)
    {
        var host = new MemoryRuntime()
            .With("shop.order", _ => Answer.Of("null"))
            .With("shop.packed", _ => Answer.Of([0xC0]));
        string input = function == "price" ? "pen" : """{"Number":7,"Articles":[]}""";

        Assert.That(host.Call(PluginExports.Module.Functions[function], input), Is.EqualTo(code));
        Assert.That(host.ErrorText, Is.EqualTo(error));
    }

    [Test]
    public void HostFunction_OverMessagePack_CarriesMessagePack()
    {
        var host = new MemoryRuntime().With("shop.packed", request => Answer.Of(request));

        host.Call(PluginExports.Module.Functions["ordered_packed"], """{"Number":7,"Articles":["ink"]}""");

        Assert.That(host.OutputText, Is.EqualTo("""{"Number":7,"Articles":["ink"],"Note":null}"""));
        Assert.That(host.Requests[0].Request[0], Is.InRange(0x80, 0x8F), "a map");
    }

    [Test]
    public void Module_OfThisProject_NamesItsFunctionsAndCapabilities()
    {
        Assert.That(PluginExports.Module.Functions.Keys.Order(StringComparer.Ordinal).First(), Is.EqualTo("length"));
        Assert.That(PluginExports.Module.Functions, Has.Count.EqualTo(9));
        Assert.That(PluginExports.Module.Capabilities, Is.SupersetOf(["shop.order", "shop.packed", "shop.price"]));
    }

    private static MemoryRuntime Call(string function, string input, int code = 0)
    {
        var host = new MemoryRuntime();
        int ended = host.Call(PluginExports.Module.Functions[function], input);
        Assert.That(ended, Is.EqualTo(code), () => host.ErrorText);
        return host;
    }
}
