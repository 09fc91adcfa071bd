using System.Buffers;
using System.Text;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Guests;

/// <summary>Guests that use every part of their SDK: the same in each language and on every engine.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class PdkGuestTests(TestedEngine tested)
{
    private const string Exercised =
        "name=Ada\ncount=1\nswapped\npresent=2\nempty\nabsent\nclock=1767323045000000700\nrandom=0123";

    private static readonly string[] Guests = ["pdk_c", "pdk_rust", "pdk_rust_core", "pdk_assemblyscript"];

    [TestCaseSource(nameof(Guests))]
    public void Guest_ThatUsesEverything_AnswersTheSameTwice(string guest)
    {
        using var rig = Prepare(guest, "exercise");
        var plugin = rig.Load();
        for (var round = 0; round < 2; round++)
        {
            Assert.That(plugin.CallText("exercise", "").Value, Is.EqualTo(Exercised));
        }

        Assert.That(
            rig.Loggers.Guest.Take(6).Select(entry => (int)entry.Level), Is.EqualTo(Enumerable.Range(0, 6)));
    }

    [Test]
    public void Guest_ThatAsksTheHost_TellsHowItWent(
        [ValueSource(nameof(Guests))] string guest,
        [Values("fine", "not permitted", "failed", "too large", "not found")] string way)
    {
        using var rig = Prepare(guest, "ask", way);
        var plugin = rig.Load();
        if (way == "fine")
        {
            Assert.That(plugin.CallText("ask", "hello").Value, Is.EqualTo("hello"));
            return;
        }

        var failure = Assert.Throws<PluginGuestException>(() => plugin.CallText("ask", "hello"))!;
        Assert.That(failure.GuestMessage, Is.EqualTo(way switch
        {
            "not permitted" => "test.echo is not permitted",
            "failed" => "test.echo failed: no echo",
            _ => "test.echo: " + way,
        }));
    }

    [TestCase("pdk_c", false)]
    [TestCase("pdk_rust_core", false)]
    [TestCase("pdk_rust", true)]
    [TestCase("pdk_assemblyscript", true)]
    public void Guest_ThatWritesMuch_IsLimitedOnlyWhereItsSdkAllocatesNothing(string guest, bool passes)
    {
        using var rig = Prepare(guest, "write_large");
        var plugin = rig.Load();
        Assert.That(
            () => plugin.Call("write_large", []),
            passes
                ? Throws.Nothing
                : Throws.TypeOf<PluginGuestException>()
                    .With.Property("GuestMessage").EqualTo("variables.write: too large"));
    }

    [TestCase("pdk_c", "^this cannot be$")]
    [TestCase("pdk_rust_core", @"^panicked at tests/guests/pdk_rust_core.rs:\d+$")]
    [TestCase("pdk_rust", @"(?s)this cannot be.*tests/guests/pdk_rust.rs:\d+")]
    [TestCase("pdk_assemblyscript", @"^this cannot be at tests/exercise.ts:\d+$")]
    public void Guest_ThatPanics_SaysWhyAndTraps(string guest, string message)
    {
        using var rig = Prepare(guest, "panic");
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call("panic", []))!;
        Assert.That(failure.Trap, Is.EqualTo(TrapCode.Unreachable));
        Assert.That(failure.GuestMessage, Does.Match(message));
    }

    [TestCaseSource(nameof(Guests))]
    public void Guest_WithoutItsSetting_FailsByItself(string guest)
    {
        using var rig = Prepare(guest, "exercise");
        rig.Config.Clear();
        rig.Config.Add(new ConfigKey { Key = "name" });
        Assert.That(() => rig.Load().Call("exercise", []), Throws.TypeOf<PluginGuestException>());
    }

    private Rig Prepare(string guest, string function, string way = "fine")
    {
        var rig = new Rig(GuestFiles.Read($"tests/guests/{guest}.wasm"), tested).Lists(function)
            .Asks("test.echo", required: false);
        foreach (var permission in (string[])["variables.read", "variables.write", "clock.now", "random.bytes"])
        {
            rig.Asks(permission).Grants(permission);
        }

        if (way != "not permitted")
        {
            rig.Grants("test.echo");
        }

        rig.Config.Add(new ConfigKey { Key = "name", Default = "Ada" });
        rig.Options.RandomNumberGenerator = new CountingRandom();
        rig.Options.AddFunction("test.echo", (_, request, result) => Answer(way, request, result));
        return rig;
    }

    private static CapabilityStatus Answer(string way, ReadOnlySpan<byte> request, IBufferWriter<byte> result)
    {
        result.Write(request);
        return way switch
        {
            "failed" => throw new GuestVisibleException("no echo"),
            "too large" => CapabilityStatus.TooLarge,
            "not found" => CapabilityStatus.NotFound,
            _ => CapabilityStatus.Success,
        };
    }
}
