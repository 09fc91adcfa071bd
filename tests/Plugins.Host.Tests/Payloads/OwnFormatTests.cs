using Plugins.Host.Errors;
using Plugins.Host.Payloads;
using Plugins.Host.Tests.Payloads.Support;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Payloads;

/// <summary>An application brings a format of its own, and has with it what JSON has.</summary>
internal sealed class OwnFormatTests
{
    private static readonly uint[] Numbers = [1, 2, 3];

    [TestCase("application/cbor")]
    [TestCase("Application/Vnd.Acme+CBOR; version=1")]
    public async Task Call_WithItsMediaType_IsWrittenAndReadByIt(string mediaType)
    {
        using var rig = Echo();
        var plugin = Load(rig, mediaType);
        Assert.That(plugin.Call<uint[], uint[]>("echo", Numbers).Value, Is.EqualTo(Numbers));
        Assert.That((await plugin.CallAsync<uint[], uint[]>("echo", Numbers)).Value, Is.EqualTo(Numbers));
    }

    [Test]
    public void Output_ThatItRefuses_IsNamedByItWithTheCause()
    {
        using var rig = new Rig().Guest("echo", guest =>
        {
            guest.Output([0x9A, 0, 0, 0, 1, 0x1B, 0, 0, 0, 1]);
            return 0;
        });
        var plugin = Load(rig, "application/cbor");
        var failure = Assert.Throws<PluginOutputException>(() => plugin.Call<uint[], uint[]>("echo", Numbers))!;
        Assert.That(failure.Message, Does.Contain("the CBOR of a UInt32[]"));
        Assert.That(failure.InnerException, Is.TypeOf<CborFormatException>().With.Property("Offset").EqualTo(5));
    }

    [Test]
    public void Reading_ThatTakesLong_EndsWithTheCall()
    {
        using var rig = Echo();
        var reads = 0;
        var plugin = Load(rig, "application/cbor", () => rig.Time.Advance(TimeSpan.FromSeconds(++reads == 2 ? 2 : 0)));
        Assert.That(() => plugin.Call<uint[], uint[]>("echo", new uint[50]), Throws.TypeOf<PluginTimeException>());
        Assert.That(reads, Is.EqualTo(2));
    }

    [Test]
    public void Type_ThatItDoesNotKnow_FailsBeforeTheGuestRuns()
    {
        var calls = 0;
        using var rig = new Rig().Guest("echo", _ => calls++);
        var plugin = Load(rig, "application/cbor");
        Assert.That(
            () => plugin.Call<uint[], string>("echo", Numbers), Throws.TypeOf<UnknownPayloadTypeException>());
        Assert.That(calls, Is.Zero);
    }

    [Test]
    public void Formats_ThatAcceptTheSame_TheLastAddedIsUsed()
    {
        var options = new PluginHostOptions().UsePayloads(new CborFormat()).UseJson(ParcelJson.Default);
        Assert.That(options.Payloads.Select(format => format.Name), Is.EqualTo(new[] { "JSON", "CBOR", "JSON" }));
        using var rig = new Rig().Guest("echo", guest =>
        {
            guest.Output("7");
            return 0;
        });
        rig.Options.UseJson(ParcelJson.Default);
        Assert.That(Load(rig, "application/json").Call<int?, int?>("echo", 1).Value, Is.EqualTo(7));
    }

    [Test]
    public void Format_ThatIsNull_IsAFaultOfTheOptions()
    {
        var options = new PluginHostOptions { AllowUnsigned = true, Payloads = [null!] };
        Assert.That(
            () => new PluginHost(options), Throws.ArgumentException.With.Message.Contains("Payloads has an entry"));
    }

    private static Rig Echo() => new Rig().Guest("echo", guest =>
    {
        guest.Output(guest.ReadInput());
        return 0;
    });

    private static Plugin Load(Rig rig, string mediaType, Action? onRead = null)
    {
        rig.Options.UsePayloads(new CborFormat(onRead));
        return rig.Load(manifest => manifest with
        {
            Functions =
            [
                new ExportedFunction { Name = "echo", InputMediaType = mediaType, OutputMediaType = mediaType },
            ],
        });
    }
}
