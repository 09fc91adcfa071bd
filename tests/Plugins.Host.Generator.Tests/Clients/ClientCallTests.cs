using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Catalog;
using Plugins.Host.Errors;
using Plugins.Host.MessagePack;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Generator.Tests.Clients;

/// <summary>Clients as this project's own generator has written them, with real plugins.</summary>
[CancelAfter(600_000)]
internal sealed class ClientCallTests
{
    private const string Text = "to be or\nnot";
    private const string Json = "{\"words\":4,\"lines\":2,\"characters\":12}";

    private static readonly Counts Expected = new(4, 2, 12);

    private static readonly byte[] WordsModule = GuestFiles.Read("examples/Pdk-Rust/word_count/plugin.wasm");

    private static readonly byte[] PricingModule = GuestFiles.Read("examples/AspNetPricing/plugin/plugin.wasm");

    private PluginHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new PluginHost(Configure(new PluginHostOptions()));

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public async Task Method_OfEveryForm_CallsThePlugin()
    {
        var words = Words();
        Assert.That(words.WordCount(Text), Is.EqualTo(Expected));
        Assert.That(await words.WordCountAsync(Text, default), Is.EqualTo(Expected));
        Assert.That(words.WriteText(Encoding.UTF8.GetBytes(Text)), Is.EqualTo(Json));
        Assert.That(
            Encoding.UTF8.GetString(words.WriteBytes(Encoding.UTF8.GetBytes(Text)).Span), Is.EqualTo(Json));
        Assert.That(words.WriteNothing(), Is.Not.Empty);
        Assert.That(() => words.Count(Text), Throws.Nothing);
        var measured = await words.MeasureAsync(Text, default);
        Assert.That(measured.Value, Is.EqualTo(Expected));
        Assert.That(measured.FuelConsumed, Is.Positive);
    }

    [Test]
    public async Task Method_WithStreams_ReadsAndWritesThem()
    {
        using var output = new MemoryStream();
        var result = Words().CountStream(new MemoryStream(Encoding.UTF8.GetBytes(Text)), output);
        await Words().CountStreamAsync(new MemoryStream(Encoding.UTF8.GetBytes(Text)), output, default);
        Assert.That(Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo(Json + Json));
        Assert.That(result.FuelConsumed, Is.Positive);
    }

    [Test]
    public async Task Values_AsJson_AreWrittenAndRead()
    {
        var pricing = new PricingClient(_host.LoadUnsigned(PricingModule));
        var quote = await pricing.QuoteAsync(new Cart("Ada", [new CartItem("tea", 12, 450)]));
        Assert.That(quote, Is.EqualTo(new Quote("Ada", 12, 5_130)));
    }

    [Test]
    public async Task Values_InTheFormatOfTheManifest_AreWrittenAndRead()
    {
        var billing = new BillingClient(LoadBilling());
        var purchase = new Purchase("Ada", "EUR", [new PurchaseLine("a-1", 2, 1_250)], TaxRate: 1_900);
        Assert.That(billing.Invoice(purchase).Net, Is.EqualTo(2_500));
        Assert.That(await billing.InvoiceAsync(purchase, default), Is.EqualTo(billing.Invoice(purchase)));
    }

    [Test]
    public void Values_InAFormatThatTheManifestDoesNotState_AreRefused()
    {
        var billing = new BillingClient(_host.LoadUnsigned(
            GuestFiles.Read("examples/Pdk-Rust/invoice/plugin.wasm")));
        Assert.That(
            () => billing.Invoice(new Purchase("Ada", "EUR", [], TaxRate: 0)),
            Throws.InvalidOperationException.With.Message.Contains("states no media type"));
    }

    [Test]
    public void Input_ThatThePluginRefuses_IsItsFailure()
    {
        var pricing = new PricingClient(_host.LoadUnsigned(PricingModule));
        Assert.That(
            async () => await pricing.QuoteAsync(new Cart("Ada", [])),
            Throws.TypeOf<PluginGuestException>().With.Property("GuestMessage").EqualTo("the cart: an item is needed"));
    }

    [Test]
    public void Output_OfAnotherType_IsRefused() => Assert.That(
        () => Words().ReadAnother(Text), Throws.TypeOf<PluginOutputException>().With.Message.Contains("Quote"));

    [Test]
    public void Text_ThatIsNull_IsMisuse() =>
        Assert.That(() => Words().WordCount(null!), Throws.ArgumentNullException);

    [Test]
    public void Call_ThatIsCancelled_EndsAtOnce() => Assert.That(
        async () => await Words().WordCountAsync(Text, new CancellationToken(canceled: true)),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Tenant_OfACall_GoesOverThatOfTheOptions()
    {
        var words = new WordsClient(_host.LoadUnsigned(WordsModule, new PluginLoadOptions { Tenant = "shop" }));
        var other = new PluginCallOptions { Tenant = "other" };
        Assert.That(words.CountFor("shop", Text, other), Is.EqualTo(Expected));
        Assert.That(() => words.CountFor("other", Text), Throws.TypeOf<PluginTenantException>());
        Assert.That(() => words.CountFor("shop", Text, other with { Fuel = 1 }), Throws.TypeOf<PluginFuelException>());
    }

    [Test]
    public async Task Client_OfAService_GoesToTheVersionThatServes()
    {
        var loads = 0;
        var services = new ServiceCollection();
        services.AddPlugins(options => Configure(options))
            .AddPlugin("words", host => ++loads == 1
                ? host.LoadUnsigned(WordsModule)
                : host.LoadUnsigned(WordsModule, new PluginLoadOptions { Tenant = "shop" }))
            .AddClient<IWords>();
        await using var provider = services.BuildServiceProvider();
        var words = provider.GetRequiredService<IWords>();
        Assert.That(await words.WordCountAsync(Text, default), Is.EqualTo(Expected));
        Assert.That(words.CountFor("another", Text), Is.EqualTo(Expected));
        await provider.GetRequiredService<PluginCatalog>().Get("words").ReloadAsync();
        Assert.That(words.WordCount(Text), Is.EqualTo(Expected));
        Assert.That(() => words.CountFor("another", Text), Throws.TypeOf<PluginTenantException>());
        Assert.That(provider.GetRequiredService<IWords>(), Is.SameAs(words));
    }

    [Test]
    public void Client_OfAnotherPlugin_HasItsNameAsKey()
    {
        var services = new ServiceCollection();
        services.AddPlugins(options => Configure(options))
            .AddPlugin("more-words", host => host.LoadUnsigned(WordsModule))
            .AddClient<IWords>("more-words");
        using var provider = services.BuildServiceProvider();
        Assert.That(
            provider.GetRequiredKeyedService<IWords>("more-words").WordCount(Text), Is.EqualTo(Expected));
    }

    [Test]
    public void AddClient_OfATypeWithoutAClient_IsMisuse() => Assert.That(
        () => new ServiceCollection().AddPlugins().AddClient<IDisposable>(),
        Throws.ArgumentException.With.Message.Contains("[PluginClient]"));

    private WordsClient Words() => new(_host.LoadUnsigned(WordsModule));

    private Plugin LoadBilling()
    {
        var module = GuestFiles.Read("examples/Pdk-Rust/invoice/plugin.wasm");
        using var plain = _host.LoadUnsigned(module);
        return _host.LoadUnsigned(module, plain.Manifest with
        {
            Functions =
            [
                new ExportedFunction
                {
                    Name = "invoice",
                    InputMediaType = "application/msgpack",
                    OutputMediaType = "application/msgpack",
                },
            ],
        });
    }

    // On a busy machine what takes a second may take a minute.
    private static PluginHostOptions Configure(PluginHostOptions options)
    {
        options.AllowUnsigned = true;
        options.MaximumLimits = options.MaximumLimits with { WallTime = TimeSpan.FromMinutes(10) };
        options.DefaultLimits = options.DefaultLimits with { WallTime = TimeSpan.FromMinutes(10) };
        return options.UseMessagePack();
    }
}
