using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.MessagePack;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Guests;

/// <summary>Values as MessagePack, from C# to a guest in each language and back.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class TypedGuestTests(TestedEngine tested)
{
    private static readonly Purchase Sample = new(
        "Ada Lovelace", "EUR", [new PurchaseLine("a-1", 2, 1_250), new PurchaseLine("b-2", 100, 99)], TaxRate: 1_900);

    [Test]
    public void Purchase_ToAGuest_ComesBackAsAnInvoice([Values("Rust", "AssemblyScript", "C")] string language)
    {
        using var rig = Rig(language);
        var result = Load(rig).Call<Purchase, Invoice>("invoice", Sample);
        Assert.That(
            result.Value,
            Is.EqualTo(new Invoice("Ada Lovelace", "EUR", Lines: 2, Net: 12_400, Tax: 2_356, Total: 14_756)));
    }

    [Test]
    public void Purchase_TheGuestRefuses_IsAGuestErrorThatNamesTheField(
        [Values("Rust", "AssemblyScript", "C")] string language)
    {
        using var rig = Rig(language);
        var plugin = Load(rig);
        var wrong = Sample with { Lines = [new PurchaseLine("a-1", -1, 1_250)] };
        Assert.That(
            () => plugin.Call<Purchase, Invoice>("invoice", wrong),
            Throws.TypeOf<PluginGuestException>().With.Property("GuestMessage").StartsWith("lines[0].quantity: "));
    }

    private Rig Rig(string language)
    {
        var module = GuestFiles.Read($"examples/Pdk-{language}/invoice/plugin.wasm");
        var rig = new Rig(module, tested).WithSystemTime()
            .Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });
        rig.Options.UseMessagePack();
        return rig;
    }

    private static Plugin Load(Rig rig) => rig.Load(manifest => manifest with
    {
        Functions =
        [
            new ExportedFunction
            {
                Name = "invoice",
                InputMediaType = "application/msgpack",
                OutputMediaType = "application/vnd.msgpack",
            },
        ],
    });
}
