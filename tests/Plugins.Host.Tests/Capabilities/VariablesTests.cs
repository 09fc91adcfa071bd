using System.Text;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Capabilities;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class VariablesTests
{
    private readonly MemoryVariableStore _store = new()
    {
        MaximumValueBytes = 100, MaximumVariables = 3, MaximumBytes = 250,
    };

    [Test]
    public void Value_ThatWasWritten_IsRead()
    {
        using var rig = Load();
        Assert.That(Ask(rig, "variables.read", "k"), Is.EqualTo((-4, "")));
        Assert.That(Ask(rig, "variables.write", Pair("k", "value")), Is.EqualTo((0, "")));
        Assert.That(Ask(rig, "variables.read", "k"), Is.EqualTo((0, "value")));
        Assert.That(Ask(rig, "variables.delete", "k"), Is.EqualTo((0, "")));
        Assert.That(Ask(rig, "variables.read", "k"), Is.EqualTo((-4, "")));
        Assert.That(Ask(rig, "variables.delete", "k"), Is.EqualTo((0, "")));
    }

    [Test]
    public void Value_OfOneTenant_IsNotAnothers()
    {
        using var rig = Load();
        Ask(rig, "variables.write", Pair("k", "a's"), "a");
        Assert.That(Ask(rig, "variables.read", "k", "b"), Is.EqualTo((-4, "")));
        Assert.That(Ask(rig, "variables.read", "k"), Is.EqualTo((-4, "")));
        Assert.That(Ask(rig, "variables.read", "k", "a"), Is.EqualTo((0, "a's")));
    }

    [TestCase("", null, "new", "\u0001")]
    [TestCase("", "old", "new", "\u0000")]
    [TestCase("old", "old", "new", "\u0001")]
    [TestCase("old", "other", "new", "\u0000old")]
    [TestCase("old", null, "new", "\u0000old")]
    public void Exchange_OfAValue_WritesOnlyWhereItIsExpected(
        string present, string? expected, string value, string result)
    {
        using var rig = Load();
        if (present.Length > 0)
        {
            Ask(rig, "variables.write", Pair("k", present));
        }

        Assert.That(Ask(rig, "variables.compare_exchange", Exchange("k", expected, value)), Is.EqualTo((0, result)));
        var after = result[0] == 1 ? value : present;
        Assert.That(Ask(rig, "variables.read", "k").Result, Is.EqualTo(after));
    }

    [Test]
    public void Value_OverALimitOfTheStore_IsRefused()
    {
        using var rig = Load();
        Assert.That(Ask(rig, "variables.write", Pair("k", new string('x', 101))).Status, Is.EqualTo(-3));
        Assert.That(Ask(rig, "variables.write", Pair("k", new string('x', 100))).Status, Is.Zero);
        Assert.That(Ask(rig, "variables.write", Pair("l", new string('x', 100))).Status, Is.Zero);
        Assert.That(
            Ask(rig, "variables.write", Pair("m", new string('x', 100))),
            Is.EqualTo((-2, "There is no room for more variables.")));
        Assert.That(Ask(rig, "variables.write", Pair("m", "")).Status, Is.Zero);
        Assert.That(Ask(rig, "variables.write", Pair("n", "")).Status, Is.EqualTo(-2));
        Assert.That(Ask(rig, "variables.write", Pair("k", "")).Status, Is.Zero);
    }

    [TestCase("variables.read", "user.1", 0)]
    [TestCase("variables.read", "other", -1)]
    [TestCase("variables.write", "other", -1)]
    [TestCase("variables.delete", "other", -1)]
    [TestCase("variables.compare_exchange", "other", -1)]
    public async Task Key_OutsideTheScope_IsDenied(string capability, string key, int status)
    {
        using var rig = new Rig().Asks("variables.read", true, "user.").Asks("variables.write", true, "user.")
            .Grants("variables.read", "variables.write").Imports(capability);
        rig.Options.Variables = _store;
        await _store.WriteAsync(
            new VariableKey(null, "unsigned:acme/test", "user.1"), default, default);
        var isKeyOnly = capability is "variables.read" or "variables.delete";
        var request = isKeyOnly ? Encoding.UTF8.GetBytes(key) : Pair(key, "\0\0\0\0");
        Assert.That(Ask(Prepare(rig), capability, request).Status, Is.EqualTo(status));
    }

    [TestCase("user.", "user.", "user.1", 0)]
    [TestCase("other", "user.", "user.1", -1)]
    [TestCase("user.", "other", "user.1", -1)]
    [TestCase("user.1", "user.", "user.2", -1)]
    [TestCase(null, "user.", "user.1", -1)]
    public async Task Exchange_OfAKey_NeedsTheScopesOfReadAndWrite(string? read, string write, string key, int status)
    {
        using var rig = new Rig().Asks("variables.write", true, write).Grants("variables.read", "variables.write")
            .Imports("variables.compare_exchange");
        _ = read is null ? rig : rig.Asks("variables.read", false, read);
        rig.Options.Variables = _store;
        await _store.WriteAsync(new VariableKey(null, "unsigned:acme/test", key), "secret"u8.ToArray(), default);
        var answer = Ask(Prepare(rig), "variables.compare_exchange", Exchange(key, "guess", "value"));
        Assert.That(answer, Is.EqualTo((status, status == 0 ? "\0secret" : "")));
    }

    [Test]
    public async Task Variables_OfAnUnsignedPlugin_AreNotThoseOfTheSignedOne()
    {
        var id = Plugins.Manifest.PluginId.Parse("acme/test");
        var signed = new VariableKey(null, VariableKey.OwnerOf(id, isSigned: true), "k");
        await _store.WriteAsync(signed, "signed's"u8.ToArray(), default);
        using var rig = Load();
        Assert.That(Ask(rig, "variables.read", "k"), Is.EqualTo((-4, "")));
        Ask(rig, "variables.write", Pair("k", "forged"));
        Assert.That(await _store.ReadAsync(signed, default), Is.EqualTo("signed's"u8.ToArray()));
        Assert.That(signed.Owner, Is.EqualTo("acme/test"));
    }

    [Test]
    public void Key_InALog_IsHarmless() =>
        Assert.That(
            new VariableKey("t\n", "acme/test", "\u001b\u202e").ToString(), Is.EqualTo(@"t\n acme/test \x1b\u{202e}"));

    [TestCase("variables.read", new byte[0])]
    [TestCase("variables.read", new byte[] { 0xFF })]
    [TestCase("variables.write", new byte[] { 1, 0, 0 })]
    [TestCase("variables.write", new byte[] { 2, 0, 0, 0, 65 })]
    [TestCase("variables.write", new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 65 })]
    [TestCase("variables.compare_exchange", new byte[] { 1, 0, 0, 0, 65 })]
    [TestCase("variables.compare_exchange", new byte[] { 1, 0, 0, 0, 65, 1, 0, 0, 0 })]
    public void Request_ThatIsMalformed_FailsWithAMessage(string capability, byte[] request)
    {
        using var rig = Load();
        var (status, message) = Ask(rig, capability, request);
        Assert.That(status, Is.EqualTo(-2));
        Assert.That(message, Does.StartWith("The key").Or.StartWith("A key").Or.StartWith("A length"));
    }

    [TestCase(256, -4)]
    [TestCase(257, -2)]
    public void Key_AtItsLongest_IsTaken(int bytes, int status)
    {
        using var rig = Load();
        Assert.That(Ask(rig, "variables.read", new string('k', bytes)).Status, Is.EqualTo(status));
    }

    private static byte[] Pair(string key, string value) =>
        [.. BitConverter.GetBytes(Encoding.UTF8.GetByteCount(key)), .. Encoding.UTF8.GetBytes(key + value)];

    private static byte[] Exchange(string key, string? expected, string value) =>
    [
        .. Pair(key, ""), .. BitConverter.GetBytes(expected?.Length ?? -1), .. Encoding.UTF8.GetBytes(expected + value),
    ];

    private static Rig Prepare(Rig rig) => rig.Guest("run", guest =>
    {
        var request = guest.ReadInput();
        var (status, result) = guest.Ask(rig.Engine.ImportList[request[0]].Name, request.AsSpan(1));
        guest.Output((char)('a' - status) + Encoding.UTF8.GetString(result));
        return 0;
    });

    private static (int Status, string Result) Ask(Rig rig, string capability, string request, string? tenant = null) =>
        Ask(rig, capability, Encoding.UTF8.GetBytes(request), tenant);

    private static (int Status, string Result) Ask(Rig rig, string capability, byte[] request, string? tenant = null)
    {
        var index = rig.Engine.ImportList.FindIndex(import => import.Name == capability);
        using var plugin = rig.Load();
        var options = new PluginCallOptions { Tenant = tenant };
        var output = plugin.Call("run", [(byte)index, .. request], options).Output.Span;
        return ('a' - output[0], Encoding.UTF8.GetString(output[1..]));
    }

    private Rig Load()
    {
        var rig = new Rig().Uses("variables.read").Uses("variables.write")
            .Imports("variables.delete").Imports("variables.compare_exchange");
        rig.Options.Variables = _store;
        return Prepare(rig);
    }
}
