using System.Buffers.Binary;
using System.Text;
using Plugins.Pdk.Tests.Support;

namespace Plugins.Pdk.Tests;

/// <summary>The requests are those of docs/abi.md, byte by byte.</summary>
public sealed class CapabilityTests
{
    private static readonly Dictionary<string, Action> Calls = new(StringComparer.Ordinal)
    {
        ["config.read"] = () => Config.Read("language"),
        ["variables.read"] = () => Variables.Read("n"),
        ["variables.write"] = () => Variables.Write("n", "7"),
        ["variables.delete"] = () => Variables.Delete("n"),
        ["variables.compare_exchange"] = () => Variables.CompareExchange("n", "7"u8.ToArray(), "8"u8, out _),
        ["clock.now"] = () => Clock.GetNanoseconds(),
        ["random.bytes"] = () => RandomBytes.Get(8),
    };

    [TestCase("config.read", "6C616E6775616765")]
    [TestCase("variables.read", "6E")]
    [TestCase("variables.write", "010000006E37")]
    [TestCase("variables.delete", "6E")]
    [TestCase("variables.compare_exchange", "010000006E010000003738")]
    [TestCase("clock.now", "")]
    [TestCase("random.bytes", "08000000")]
    public void Call_OfACapability_SendsTheRequestOfTheAbi(string capability, string request)
    {
        var host = new MemoryRuntime().With(capability, _ => Answer.Of(new byte[8]));

        Assert.That(host.Run(Calls[capability]), Is.Zero, () => host.ErrorText);
        Assert.That(host.Requests.Single().Name, Is.EqualTo(capability));
        Assert.That(Convert.ToHexString(host.Requests.Single().Request), Is.EqualTo(request));
    }

    [TestCase(-1, "{0} is not permitted")]
    [TestCase(-2, "{0} failed: out of order")]
    [TestCase(-3, "{0}: too large")]
    [TestCase(-5, "{0} failed")]
    public void Call_ThatFails_FailsTheFunctionAsInOtherLanguages(int status, string error)
    {
        foreach ((string capability, Action call) in Calls)
        {
            var host = new MemoryRuntime().With(
                capability, _ => status == -2 ? Answer.Failed("out of order") : Answer.Of(status));

            Assert.That(host.Run(call), Is.EqualTo(1));
            Assert.That(host.ErrorText, Is.EqualTo(error.Replace("{0}", capability, StringComparison.Ordinal)));
        }
    }

    [TestCase("config.read", 0)]
    [TestCase("variables.read", 0)]
    [TestCase("variables.write", 1)]
    [TestCase("random.bytes", 1)]
    public void Call_OfWhatIsNotThere_IsNullWhereAValueWasAskedFor(string capability, int code)
    {
        var host = new MemoryRuntime().With(capability, _ => Answer.Of(-4));

        Assert.That(host.Run(Calls[capability]), Is.EqualTo(code));
        Assert.That(host.ErrorText, Is.EqualTo(code == 0 ? "" : $"{capability}: not found"));
    }

    [Test]
    public void CompareExchange_OfAnAbsentKey_SendsNoExpectedValue()
    {
        var host = new MemoryRuntime().With("variables.compare_exchange", _ => Answer.Of([1]));

        host.Run(() => Output.Write(Variables.CompareExchange("é", expected: null, "v"u8, out _) ? "written" : "not"));

        Assert.That(host.OutputText, Is.EqualTo("written"));
        Assert.That(Convert.ToHexString(host.Requests[0].Request), Is.EqualTo("02000000C3A9FFFFFFFF76"));
    }

    [TestCase("0039", "9")]
    [TestCase("00", "")]
    [TestCase("", "")]
    public void CompareExchange_ThatLost_GivesThePresentValue(string answer, string present)
    {
        var host = new MemoryRuntime()
            .With("variables.compare_exchange", _ => Answer.Of(Convert.FromHexString(answer)));

        host.Run(() =>
        {
            bool written = Variables.CompareExchange("n", [], "v"u8, out byte[] found);
            Output.Write($"{written} {Encoding.UTF8.GetString(found)}");
        });

        Assert.That(host.OutputText, Is.EqualTo($"False {present}"));
    }

    [Test]
    public void GetUtcNow_OfNanoseconds_IsThatTime()
    {
        var time = new DateTimeOffset(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (time.ToUnixTimeMilliseconds() * 1_000_000) + 150);
        var host = new MemoryRuntime().With("clock.now", _ => Answer.Of(bytes));
        DateTimeOffset found = default;

        host.Run(() => found = Clock.GetUtcNow());

        Assert.That(found, Is.EqualTo(time.AddTicks(1)));
    }

    [TestCase(7)]
    [TestCase(9)]
    public void FixedAnswer_OfAnotherLength_IsRefused(int length)
    {
        var host = new MemoryRuntime()
            .With("clock.now", _ => Answer.Of(new byte[length]))
            .With("random.bytes", _ => Answer.Of(new byte[length]));

        Assert.That(host.Run(Calls["clock.now"]), Is.EqualTo(1));
        Assert.That(host.Run(Calls["random.bytes"]), Is.EqualTo(1));
    }

    [Test]
    public void Log_OfEachLevel_HasItsNumber()
    {
        var host = new MemoryRuntime();

        host.Run(() =>
        {
            Log.Trace("t");
            Log.Debug("d");
            Log.Information("i");
            Log.Warning("w");
            Log.Error("e");
            Log.Critical("é");
        });

        Assert.That(host.Logs, Is.EqualTo([(0, "t"), (1, "d"), (2, "i"), (3, "w"), (4, "e"), (5, "é")]));
    }
}
