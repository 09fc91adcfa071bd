using System.Buffers.Binary;
using System.Text;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Capabilities;

internal sealed class BuiltInTests
{
    [TestCase("color", 0, "blue")]
    [TestCase("size", 0, "9")]
    [TestCase("optional", -4, "")]
    [TestCase("unlisted", -4, "")]
    public void Config_OfAKey_GivesWhatTheApplicationSet(string key, int status, string value)
    {
        using var rig = new Rig();
        rig.Config.Add(new ConfigKey { Key = "color", Required = true });
        rig.Config.Add(new ConfigKey { Key = "size", Default = "9" });
        rig.Config.Add(new ConfigKey { Key = "optional" });
        rig.LoadOptions = new PluginLoadOptions
        {
            Configuration = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["color"] = "blue", ["unlisted"] = "x",
            },
        };
        Assert.That(Ask(rig, "config.read", key), Is.EqualTo((status, value)));
    }

    [Test]
    public void Clock_OfTheHost_IsGivenInNanoseconds()
    {
        using var rig = new Rig();
        var (status, result) = AskBytes(rig.Asks("clock.now").Grants("clock.now"), "clock.now");
        var expected = (rig.Time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
        Assert.That((status, BinaryPrimitives.ReadInt64LittleEndian(result)), Is.EqualTo((0, expected)));
    }

    [TestCase(new byte[] { 5, 0, 0, 0 }, 0, 5)]
    [TestCase(new byte[] { 0, 0, 0, 0 }, 0, 0)]
    [TestCase(new byte[] { 11, 0, 0, 0 }, -3, 0)]
    [TestCase(new byte[] { 255, 255, 255, 255 }, -3, 0)]
    public void Random_OfACount_GivesThatManyBytes(byte[] request, int status, int length)
    {
        using var rig = new Rig().Asks("random.bytes").Grants("random.bytes")
            .Limits(l => l with { CapabilityResultBytes = 10 });
        rig.Options.RandomNumberGenerator = new CountingRandom();
        var answer = AskBytes(rig, "random.bytes", request);
        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Result, Is.EqualTo(Enumerable.Range(0, length).Select(number => (byte)number)));
    }

    [TestCase(new byte[0])]
    [TestCase(new byte[] { 1, 2, 3, 4, 5 })]
    public void Random_OfAMalformedRequest_FailsWithAMessage(byte[] request)
    {
        using var rig = new Rig().Asks("random.bytes").Grants("random.bytes");
        var (status, result) = AskBytes(rig, "random.bytes", request);
        Assert.That((status, Encoding.UTF8.GetString(result)), Is.EqualTo((-2, "The request is not 4 bytes long.")));
    }

    [Test]
    public void Clock_OfGuests_MayBeAnotherThanThatOfLimits()
    {
        using var rig = new Rig();
        rig.Options.GuestTimeProvider = new FixedTime(DateTimeOffset.UnixEpoch.AddSeconds(3));
        var (_, result) = AskBytes(rig.Asks("clock.now").Grants("clock.now"), "clock.now");
        Assert.That(BinaryPrimitives.ReadInt64LittleEndian(result), Is.EqualTo(3_000_000_000));
    }

    [Test]
    public void Permission_ThatIsOptionalAndDenied_AnswersDenied()
    {
        using var rig = new Rig().Asks("clock.now", required: false);
        Assert.That(AskBytes(rig, "clock.now"), Is.EqualTo((-1, Array.Empty<byte>())));
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1500), Is.EqualTo(1));
    }

    private static (int Status, string Result) Ask(Rig rig, string capability, string request)
    {
        var (status, result) = AskBytes(rig, capability, Encoding.UTF8.GetBytes(request));
        return (status, Encoding.UTF8.GetString(result));
    }

    private static (int Status, byte[] Result) AskBytes(Rig rig, string capability, params byte[] request)
    {
        (int, byte[]) answer = default;
        rig.Imports(capability).Guest("run", guest => (answer = guest.Ask(capability, request)).Item1 * 0);
        rig.Load().Call("run", []);
        return answer;
    }
}
