using Microsoft.CodeAnalysis;
using Plugins.Host.Generator.Analysis;
using Plugins.Host.Generator.Tests.Support;

namespace Plugins.Host.Generator.Tests;

internal sealed class ClientGeneratorTests
{
    private const string AllShapes = """
        void Nothing();
        Task NothingAsync(CancellationToken token);
        ValueTask NothingMoreAsync(CancellationToken token);
        string Text(string @event);
        Task<string> TextAsync(string text, CancellationToken token = default);
        byte[] Bytes(byte[] bytes);
        ReadOnlyMemory<byte> Memory(ReadOnlyMemory<byte> bytes);
        ValueTask<ReadOnlyMemory<byte>> MemoryAsync(ReadOnlyMemory<byte> bytes, CancellationToken token);
        Quote Value(Cart cart);
        ValueTask<Quote> ValueAsync(Cart cart, CancellationToken token);
        PluginResult<Quote> Whole(Cart cart);
        Task<PluginResult<int>> WholeAsync(string cart, CancellationToken token);
        Quote Tenant([PluginTenant] string? tenant, Cart cart);
        Quote Options(Cart cart, PluginCallOptions? options = null, CancellationToken token = default);
        Quote Both(Cart cart, [PluginTenant] string tenant, PluginCallOptions options, CancellationToken token);
        void Streams(Stream input, Stream output);
        Task<PluginResult> StreamsAsync(Stream input, Stream output, CancellationToken token);
        string Defaults(string a = "x\"y", [PluginTenant] string? tenant = null, CancellationToken token = default);
        [PluginCall("other")] Quote @class(Cart cart);
        """;

    [Test]
    public void Client_OfEveryShape_Compiles() => Assert.That(ClientProject.Of(AllShapes).CompileErrors(), Is.Empty);

    [Test]
    public async Task Client_OfEveryShape_HasNoFaults() =>
        Assert.That(await ClientProject.Of(AllShapes).AnalyzeAsync(), Is.Empty);

    [TestCase("public interface IPricing", "Shop.PricingClient.g.cs", "public sealed class PricingClient : ")]
    [TestCase("interface IPricing", "Shop.PricingClient.g.cs", "internal sealed class PricingClient : ")]
    [TestCase("internal interface IPricingClient", "Shop.PricingClient.g.cs", "internal sealed class PricingClient : ")]
    [TestCase("internal interface Pricing", "Shop.PricingClient.g.cs", "internal sealed class PricingClient : ")]
    [TestCase("internal interface Icing", "Shop.IcingClient.g.cs", "internal sealed class IcingClient : ")]
    public void Client_OfAnInterface_HasItsNameAndAccess(string declaration, string file, string head)
    {
        var project = new ClientProject(
            $"namespace Shop {{ [PluginClient(\"shop\")] {declaration} {{ string Run(string a); }} }}");
        Assert.That(project.Generate()[file], Does.Contain(head));
        Assert.That(project.CompileErrors(), Is.Empty);
    }

    [Test]
    public void Client_InTheGlobalNamespace_Compiles()
    {
        var project = new ClientProject("[PluginClient(\"shop\")] interface IPricing { string Run(string a); }");
        Assert.That(project.Generate().Keys, Is.EqualTo(["PricingClient.g.cs"]));
        Assert.That(project.CompileErrors(), Is.Empty);
    }

    [TestCase("Quote", "quote")]
    [TestCase("QuoteAsync", "quote")]
    [TestCase("Async", "async")]
    [TestCase("WordCountAsync", "word_count")]
    [TestCase("ReadHTMLPage", "read_html_page")]
    [TestCase("Sum2Numbers", "sum2_numbers")]
    [TestCase("word_count", "word_count")]
    public void Function_OfAMethod_HasItsNameAsPluginsWriteIt(string method, string function) =>
        Assert.That(FunctionNames.Of(method), Is.EqualTo(function));

    [Test]
    public void Generator_AfterAnEditElsewhere_WritesNothingAnew() => Assert.That(
        ClientProject.Of(AllShapes).ReasonsAfterAnEdit(),
        Is.Not.Empty.And.All.EqualTo(IncrementalStepRunReason.Cached));
}
