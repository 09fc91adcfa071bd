using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests.Guest;

public sealed class OrderPluginTests
{
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
    public void Function_OverAPayload_FailsOnOtherInput(string function, string input, string error)
    {
        MemoryRuntime host = Call(function, input, code: 1);

        Assert.That(host.ErrorText, Does.StartWith(error));
        Assert.That(host.OutputText, Is.Empty);
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
    public void HostFunction_OfABadAnswer_FailsTheCall(string function, int code, string error)
    {
        var host = new MemoryRuntime().With("shop.order", _ => Answer.Of("null"));
        string input = function == "price" ? "pen" : """{"Number":7,"Articles":[]}""";

        Assert.That(host.Call(PluginExports.Module.Functions[function], input), Is.EqualTo(code));
        Assert.That(host.ErrorText, Is.EqualTo(error));
    }

    [Test]
    public void Module_OfThisProject_NamesItsFunctionsAndCapabilities()
    {
        Assert.That(PluginExports.Module.Functions.Keys.Order(StringComparer.Ordinal).First(), Is.EqualTo("length"));
        Assert.That(PluginExports.Module.Functions, Has.Count.EqualTo(6));
        Assert.That(PluginExports.Module.Capabilities, Is.SupersetOf(["shop.order", "shop.price"]));
    }

    private static MemoryRuntime Call(string function, string input, int code = 0)
    {
        var host = new MemoryRuntime();
        int ended = host.Call(PluginExports.Module.Functions[function], input);
        Assert.That(ended, Is.EqualTo(code), () => host.ErrorText);
        return host;
    }
}
