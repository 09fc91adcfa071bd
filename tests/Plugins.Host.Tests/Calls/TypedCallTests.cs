using System.Buffers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Errors;
using Plugins.Host.MessagePack;
using Plugins.Host.Payloads;
using Plugins.Host.Payloads.Json;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Calls;

internal sealed class TypedCallTests
{
    private const string Json = "application/json";
    private const string MessagePack = "application/vnd.msgpack";

    private static readonly Order Sample = new("Ada", 3, Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"));

    [TestCase(Json)]
    [TestCase("application/vnd.acme.order+json; charset=utf-8")]
    [TestCase(MessagePack)]
    [TestCase("application/x-msgpack")]
    public async Task Call_OfAnEcho_GivesTheValueBack(string mediaType)
    {
        using var rig = Echo();
        var plugin = Load(rig, mediaType, mediaType);
        Assert.That(plugin.Call<Order, Order>("echo", Sample).Value, Is.EqualTo(Sample));
        Assert.That((await plugin.CallAsync<Order, Order>("echo", Sample)).Value, Is.EqualTo(Sample));
        using var session = plugin.OpenSession();
        Assert.That(session.Call<Order, Order>("echo", Sample).Value, Is.EqualTo(Sample));
    }

    [Test]
    public void Call_WithTwoFormats_WritesOneAndReadsTheOther()
    {
        var seen = "";
        using var rig = new Rig().Guest("echo", guest =>
        {
            seen = Encoding.UTF8.GetString(guest.ReadInput());
            var output = new ArrayBufferWriter<byte>();
            new MessagePackPayloadFormat().Write(output, Sample with { Quantity = 4 });
            guest.Output(output.WrittenSpan.ToArray());
            return 0;
        });
        var result = Load(rig, Json, MessagePack).Call<Order, Order>("echo", Sample);
        Assert.That(
            seen,
            Is.EqualTo("""{"Customer":"Ada","Quantity":3,"Id":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}"""));
        Assert.That(result.Value.Quantity, Is.EqualTo(4));
    }

    [TestCase(Json, """{"Customer":"Ada","Quantity":3,"Quantity":4,"Id":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""")]
    [TestCase(Json, """{"Customer":null,"Quantity":3,"Id":"6f9619ff-8b86-d011-b42d-00c04fc964ff"}""")]
    [TestCase(Json, "null")]
    [TestCase(Json, "{} {}")]
    [TestCase(Json, "")]
    [TestCase(MessagePack, "\u0080\u0080")]
    [TestCase(MessagePack, "\u00c0")]
    [TestCase(MessagePack, "\u0081\u00a8Quantity\u00a1x")]
    [TestCase(MessagePack, "")]
    [TestCase(MessagePack, "not MessagePack")]
    public void Output_ThatIsNotOfTheType_IsRefusedWithItsCause(string mediaType, string output)
    {
        using var rig = new Rig().Guest("echo", guest =>
        {
            guest.Output(Encoding.Latin1.GetBytes(output));
            return 0;
        });
        var plugin = Load(rig, mediaType, mediaType);
        var failure = Assert.Throws<PluginOutputException>(() => plugin.Call<Order, Order>("echo", Sample))!;
        Assert.That(failure.InnerException, Is.InstanceOf<PayloadException>());
        Assert.That(failure.Message, Does.Contain("of a Order"));
    }

    [TestCase(null, Json, "states no media type for the input of 'echo'")]
    [TestCase(Json, null, "states no media type for the output of 'echo'")]
    [TestCase("text/plain", Json, "text/plain, and the host has formats for MessagePack, JSON only")]
    public void Call_WithoutAFormat_SaysWhatTheManifestLacks(string? input, string? output, string expected)
    {
        var calls = 0;
        using var rig = new Rig().Guest("echo", _ => calls++);
        var plugin = Load(rig, input, output);
        Assert.That(
            () => plugin.Call<Order, Order>("echo", Sample),
            Throws.InvalidOperationException.With.Message.Contains(expected));
        Assert.That(calls, Is.Zero);
    }

    [Test]
    public void Call_ForAnUnknownType_FailsBeforeTheGuestRuns([Values(Json, MessagePack)] string mediaType)
    {
        var calls = 0;
        using var rig = new Rig().Guest("echo", _ => calls++);
        var plugin = Load(rig, mediaType, mediaType);
        Assert.That(
            () => plugin.Call<Order, TimeZoneInfo>("echo", Sample),
            Throws.TypeOf<UnknownPayloadTypeException>().With.Property("PayloadType").EqualTo(typeof(TimeZoneInfo)));
        Assert.That(calls, Is.Zero);
    }

    [Test]
    public void Formats_OfTheServices_AreTheHosts()
    {
        var format = new JsonPayloadFormat(OrderJson.Default);
        using var services = new ServiceCollection()
            .AddSingleton<IPayloadFormat>(format)
            .AddPlugins(options => options.AllowUnsigned = true)
            .Services.BuildServiceProvider();
        var options = services.GetRequiredService<IOptions<PluginHostOptions>>().Value;
        Assert.That(options.Payloads[0], Is.SameAs(format));
        Assert.That(options.Payloads, Has.Count.EqualTo(2));
    }

    private static Rig Echo() => new Rig().Guest("echo", guest =>
    {
        guest.Output(guest.ReadInput());
        return 0;
    });

    private static Plugin Load(Rig rig, string? input, string? output)
    {
        rig.Options.UseJson(OrderJson.Default).UseMessagePack();
        return rig.Load(manifest => manifest with
        {
            Functions = [new ExportedFunction { Name = "echo", InputMediaType = input, OutputMediaType = output }],
        });
    }
}
