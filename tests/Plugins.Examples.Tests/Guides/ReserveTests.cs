using System.Text;
using Plugins.Examples.Tests.Support;
using Plugins.Host.Errors;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Examples.Tests.Guides;

/// <summary>The example of all pages behaves alike, whatever it is written in.</summary>
internal sealed class ReserveTests
{
    private static readonly string[] Permissions = ["variables.read", "variables.write"];

    [Test]
    public void Seats_WhileTheyLast_AreReserved([Values("Rust", "C", "AssemblyScript")] string language)
    {
        using var guest = Load(language, house: "the Globe");

        Assert.That(Answer(guest, Request("Ada", 2)), Is.EqualTo("2 seats in the Globe for Ada, 98 are left"));
        Assert.That(Answer(guest, Request("太郎", 98)), Is.EqualTo("98 seats in the Globe for 太郎, 0 are left"));
        Assert.That(Refusal(guest, Request("Eve", 1)), Is.EqualTo((2, "only 0 seats are left")));
    }

    [Test]
    public void House_WithoutAName_IsTheHouse([Values("Rust", "C", "AssemblyScript")] string language)
    {
        using var guest = Load(language);

        Assert.That(Answer(guest, Request("Ada", 1)), Is.EqualTo("1 seats in the house for Ada, 99 are left"));
    }

    [Test]
    public void Request_ThatLacksSomething_IsRefused([Values("Rust", "C", "AssemblyScript")] string language)
    {
        using var guest = Load(language);

        Assert.That(Refusal(guest, Request("", 1)), Is.EqualTo((1, "a name and a number of seats are needed")));
        Assert.That(Refusal(guest, Request("Ada", 0)), Is.EqualTo((1, "a name and a number of seats are needed")));
        Assert.That(Refusal(guest, [0x90]).Text, Does.EndWith("not a map at byte 0"));
        Assert.That(Refusal(guest, [.. Request("Ada", 1), 0]).Text, Does.EndWith("bytes after the end at byte 17"));
    }

    [TestCase("Ada", 2, 0, "2 seats in the Globe for Ada, 98 are left")]
    [TestCase("Ada", 2, 99, "only 1 seats are left", 2)]
    [TestCase("", 1, 0, "a name and a number of seats are needed", 1)]
    public void CSharp_OfTheSameExample_AnswersTheSame(string name, byte seats, byte taken, string text, int code = 0)
    {
        var host = new MemoryRuntime()
            .With("config.read", _ => Plugins.Pdk.Tests.Support.Answer.Of("the Globe"))
            .With("variables.read", _ => Plugins.Pdk.Tests.Support.Answer.Of([taken]))
            .With("variables.compare_exchange", _ => Plugins.Pdk.Tests.Support.Answer.Of([1]));

        var ended = host.Call(Reserve.PluginExports.Module.Functions["reserve"], Request(name, seats));

        Assert.That((ended, ended == 0 ? host.OutputText : host.ErrorText), Is.EqualTo((code, text)));
        string[] logs = code == 0 ? ["seats are reserved"] : [];
        Assert.That(host.Logs.Select(entry => entry.Text), Is.EqualTo(logs));
    }

    [TestCase("90", 1)]
    [TestCase("81a46e616d6501", 7)]
    [TestCase("82a46e616d65a3416461", 10)]
    public void CSharp_OfWhatIsNoRequest_SaysWhere(string hex, int offset)
    {
        var host = new MemoryRuntime();
        var ended = host.Call(Reserve.PluginExports.Module.Functions["reserve"], Convert.FromHexString(hex));
        Assert.That(ended, Is.EqualTo(1));
        Assert.That(host.ErrorText, Does.StartWith($"the request cannot be read at byte {offset}: "));
    }

    private static LoadedGuest Load(string language, string? house = null) => new(
        Repository.ReadBytes($"examples/Pdk-{language}/reserve/plugin.wasm"), "reserve", Permissions, ("house", house));

    private static string Answer(LoadedGuest guest, byte[] input) =>
        Encoding.UTF8.GetString(guest.Plugin.Call("reserve", input).Output.Span);

    private static (int? Code, string? Text) Refusal(LoadedGuest guest, byte[] input)
    {
        var failure = Assert.Throws<PluginGuestException>(() => guest.Plugin.Call("reserve", input))!;
        return (failure.ExitCode, failure.GuestMessage);
    }

    /// <summary>{"name": …, "seats": …} in MessagePack.</summary>
    private static byte[] Request(string name, byte seats)
    {
        var text = Encoding.UTF8.GetBytes(name);
        return [0x82, 0xA4, .. "name"u8, (byte)(0xA0 + text.Length), .. text, 0xA5, .. "seats"u8, seats];
    }
}
