using Plugins.Host.Generator.Tests.Support;

namespace Plugins.Host.Generator.Tests;

internal sealed class ClientAnalyzerTests
{
    private const string Token = "CancellationToken token";

    [TestCase("PLC002", "int Count { get; }")]
    [TestCase("PLC002", "event Action Changed;")]
    [TestCase("PLC002", "string Run(string a) => a;")]
    [TestCase("PLC002", "static string Run(string a) => a;")]
    [TestCase("PLC002", "static abstract string Run(string a);")]
    [TestCase("PLC002", "class Inner { }")]
    [TestCase("PLC003", "Quote Run<T>(Cart cart);")]
    [TestCase("PLC004", "Quote Run(ref Cart cart);")]
    [TestCase("PLC004", "Quote Run(in Cart cart);")]
    [TestCase("PLC004", "Quote Run(out Cart cart);")]
    [TestCase("PLC004", "Quote Run(Cart cart, Cart other);")]
    [TestCase("PLC004", "Quote Run(ReadOnlySpan<byte> input);")]
    [TestCase("PLC004", "unsafe Quote Run(byte* input);")]
    [TestCase("PLC004", "Quote Run(dynamic input);")]
    [TestCase("PLC004", "void Run(Stream input);")]
    [TestCase("PLC004", "Quote Run(CancellationToken token, Cart cart);")]
    [TestCase("PLC004", "Quote Run(CancellationToken a, CancellationToken b);")]
    [TestCase("PLC004", "Quote Run(PluginCallOptions a, PluginCallOptions b);")]
    [TestCase("PLC004", "Quote Run([PluginTenant] string a, [PluginTenant] string b);")]
    [TestCase("PLC004", "Quote Run([PluginTenant] int a);")]
    [TestCase("PLC005", "ref Quote Run(Cart cart);")]
    [TestCase("PLC005", "Span<byte> Run(Cart cart);")]
    [TestCase("PLC005", "Stream Run(Cart cart);")]
    [TestCase("PLC005", "PluginResult Run(Cart cart);")]
    [TestCase("PLC005", "string Run(Stream input, Stream output);")]
    [TestCase("PLC005", "Task<Task<Quote>> Run(Cart cart, " + Token + ");")]
    [TestCase("PLC006", "Task<Quote> RunAsync(Cart cart);")]
    [TestCase("PLC006", "ValueTask RunAsync();")]
    [TestCase("PLC008", "Quote Run(Uri input);")]
    [TestCase("PLC008", "Uri Run(Cart cart);")]
    [TestCase("PLC008", "Quote Run(int? input);")]
    [TestCase("PLC010", "[PluginCall(\"\")] Quote Run(Cart cart);")]
    public async Task Member_ThatCannotBeACall_IsReported(string id, string member)
    {
        var found = await ClientProject.Of(member).AnalyzeAsync();
        Assert.That(found.Select(fault => fault.Id), Is.EqualTo([id]), () => string.Join('\n', (object[])found));
        Assert.That(ClientProject.Of(member).Generate(), Is.Empty);
    }

    [TestCase("PLC007", "\"shop\"")]
    [TestCase("PLC009", "\"shop\", JsonContext = typeof(Cart)")]
    [TestCase("PLC009", "\"shop\", JsonContext = typeof(ShopJson), UseHostFormats = true")]
    [TestCase("PLC010", "\"\", JsonContext = typeof(ShopJson)")]
    public async Task Attribute_ThatMakesNoSense_IsReported(string id, string arguments)
    {
        var found = await ClientProject.Of("Quote Run(string input);", arguments).AnalyzeAsync();
        Assert.That(found.Select(fault => fault.Id), Is.EqualTo([id]), () => string.Join('\n', (object[])found));
    }

    [TestCase("[PluginClient(\"shop\")] public interface IPricing<T> { }")]
    [TestCase("public class Outer { [PluginClient(\"shop\")] public interface IPricing { } }")]
    [TestCase("[PluginClient(\"shop\")] file interface IPricing { }")]
    [TestCase("[PluginClient(\"shop\")] public interface IPricing : IDisposable { }")]
    public async Task Interface_ThatIsNotPlain_IsReported(string source)
    {
        var found = await new ClientProject(source).AnalyzeAsync();
        Assert.That(found.Select(fault => fault.Id), Is.EqualTo(["PLC001"]), () => string.Join('\n', (object[])found));
    }

    [TestCase(
        "Task<Quote> RunAsync(Cart cart);",
        "'RunAsync' needs a CancellationToken as its last parameter: whoever waits for a plugin must be able to leave")]
    [TestCase(
        "Quote Run(Uri input);",
        "'ShopJson' does not describe 'System.Uri'; add [JsonSerializable(typeof(System.Uri))] to it")]
    public async Task Report_OfAFault_SaysWhatToDo(string member, string message)
    {
        var found = await ClientProject.Of(member).AnalyzeAsync();
        Assert.That(found.Single().GetMessage(), Is.EqualTo(message));
    }

    [Test]
    public async Task Interface_WithoutValues_NeedsNoFormat()
    {
        const string members = "string Slugify(string title); byte[] Copy(byte[] bytes); void Touch();";
        Assert.That(await ClientProject.Of(members, "\"shop\"").AnalyzeAsync(), Is.Empty);
    }
}
