using System.Buffers.Binary;
using System.Text;
using Plugins.Host.Capabilities;
using Plugins.Host.Recording;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Recording;

/// <summary>What a recording does not hold, and how calls are replayed without it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RedactionTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly Rig _rig = new();
    private readonly CallRecorder _recorder = new(new() { IsSecret = IsToken });

    public void Dispose() => _rig.Dispose();

    [TestCase(true, Secret)]
    [TestCase(false, Secret)]
    [TestCase(false, "something else")]
    public void Setting_ThatIsSecret_IsTakenFromTheReplaysConfiguration(bool isOfOptions, string given)
    {
        var plugin = PrepareSetting(Secret);
        plugin.Call("run", [], new() { Recorder = _recorder });
        var text = TextOfRecording();
        Assert.That(text, Does.Not.Contain(Base64(Secret)).And.Contain(Base64("language")));

        using var other = new RedactionTests();
        var replaying = other.PrepareSetting(isOfOptions ? null : given);
        var options = isOfOptions ? new CallReplayOptions { Secrets = (_, _) => Encoding.UTF8.GetBytes(given) } : null;
        Assert.That(
            () => replaying.Replay(_recorder.Recording!, options),
            given == Secret ? Throws.Nothing : Throws.TypeOf<PluginReplayException>());
    }

    [Test]
    public void Setting_ThatNobodyHas_IsTold()
    {
        PrepareSetting(Secret).Call("run", [], new() { Recorder = _recorder });
        using var other = new RedactionTests();
        var failure = Assert.Throws<PluginReplayException>(
            () => other.PrepareSetting(null).Replay(_recorder.Recording!))!;
        Assert.That(
            (failure.Problem, failure.Subject, failure.Position),
            Is.EqualTo((ReplayProblem.SecretMissing, "config.read", (int?)0)));
    }

    [Test]
    public void Variable_ThatTheApplicationCallsSecret_IsNeitherAskedForNorAnswered()
    {
        _rig.LoadOptions = new() { CanonicalizesNaNs = true };
        _rig.Uses("variables.read").Uses("variables.write").Guest("run", guest =>
        {
            guest.Ask("variables.write", [5, 0, 0, 0, .. "token"u8, .. Encoding.UTF8.GetBytes(Secret)]);
            return guest.Ask("variables.read", "token"u8).Result.Length == Secret.Length ? 0 : 1;
        });
        var plugin = _rig.Load();
        plugin.Call("run", [], new() { Recorder = _recorder });
        var text = TextOfRecording();
        Assert.That(text, Does.Not.Contain(Base64("token")).And.Not.Contain(Secret));
        Assert.That(() => plugin.Replay(_recorder.Recording!), Throws.TypeOf<PluginReplayException>());
        var options = new CallReplayOptions
        {
            Secrets = (name, _) => name == "variables.read" ? Encoding.UTF8.GetBytes(Secret) : Array.Empty<byte>(),
        };
        Assert.That(() => plugin.Replay(_recorder.Recording!, options), Throws.Nothing);
    }

    [Test]
    public void Headers_ThatHoldCredentials_AreNotRecorded()
    {
        const string Request = """
            {"method":"GET","url":"http://api.test/","headers":[["Authorization","Bearer hunter2"],["accept","a/b"]]}
            """;
        const string Response = """{"status":200,"headers":[["set-cookie","id=hunter2"],["x","y"]]}""";
        _rig.LoadOptions = new() { CanonicalizesNaNs = true };
        _rig.Imports("http.send").Asks("http.send", required: true, "http://api.test").Grants("http.send")
            .Guest("run", guest => guest.Ask("http.send", Message(Request, "body")).Status);
        _rig.Options.AddFunction("http.send", (_, _, result) =>
        {
            var message = Message(Response, "answer");
            message.CopyTo(result.GetSpan(message.Length));
            result.Advance(message.Length);
            return CapabilityStatus.Success;
        });
        var plugin = _rig.Load();
        plugin.Call("run", [], new() { Recorder = _recorder });
        var parts = TextOfRecording().Split('"').Select(Decode).ToArray();
        Assert.That(parts.Where(part => part.Contains(Secret, StringComparison.Ordinal)), Is.Empty);
        Assert.That(parts.Any(part => part.Contains("a/b", StringComparison.Ordinal)
            && part.EndsWith("body", StringComparison.Ordinal)));
        Assert.That(parts.Any(part => part.Contains("\"x\",\"y\"", StringComparison.Ordinal)
            && part.EndsWith("answer", StringComparison.Ordinal)));
        Assert.That(() => plugin.Replay(_recorder.Recording!), Throws.Nothing);
    }

    [TestCase("")]
    [TestCase("{\"headers\":1}")]
    [TestCase("{\"headers\":[[\"authorization\"],[1,2],null,[\"authorization\",\"a\",\"b\"]]}")]
    [TestCase("not JSON")]
    public void Message_OfAnotherForm_IsRecordedAsItIs(string head)
    {
        var redaction = new Redaction(null, ["authorization"]);
        var message = Message(head, "rest");
        Assert.That(redaction.OfRequest("http.send", message).Request, Is.EqualTo(message));
        Assert.That(redaction.OfRequest("http.send", message.AsSpan(0, 3)).Request, Has.Length.EqualTo(3));
        byte[] lying = [255, 255, 255, 255, 1];
        Assert.That(redaction.OfRequest("http.send", lying).Request, Is.EqualTo(lying));
    }

    private static bool IsToken(string name, ReadOnlyMemory<byte> request) =>
        Encoding.UTF8.GetString(request.Span).Contains("token", StringComparison.Ordinal);

    private Plugin PrepareSetting(string? value)
    {
        _rig.Config.Add(new ConfigKey { Key = "password", Secret = true });
        _rig.Config.Add(new ConfigKey { Key = "language" });
        var configuration = new Dictionary<string, string>(StringComparer.Ordinal) { ["language"] = "en" };
        if (value is not null)
        {
            configuration["password"] = value;
        }

        _rig.LoadOptions = new() { CanonicalizesNaNs = true, Configuration = configuration };
        _rig.Imports("config.read").Guest("run", guest =>
        {
            var length = guest.Ask("config.read", "password"u8).Result.Length;
            guest.Output(guest.Ask("config.read", "language"u8).Result);
            guest.Output([(byte)length]);
            return 0;
        });
        return _rig.Load();
    }

    private string TextOfRecording() => Encoding.UTF8.GetString(_recorder.Recording!.ToBytes());

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=');

    private static string Decode(string part)
    {
        var bytes = new byte[part.Length];
        var base64 = part.Replace("\\u002B", "+", StringComparison.Ordinal);
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : part;
    }

    private static byte[] Message(string head, string body)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, Encoding.UTF8.GetByteCount(head));
        return [.. length, .. Encoding.UTF8.GetBytes(head), .. Encoding.UTF8.GetBytes(body)];
    }
}
