using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Verifying;

internal sealed class VerifyCommandTests
{
    private readonly Desk _desk = new();

    [SetUp]
    public void Publish()
    {
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest).Run("keygen");
        _desk.Run("sign", "p", "--key", "key.pem");
    }

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Verify_OfAnUnsignedPlugin_FailsTheFirstCheck()
    {
        File.Delete(_desk.PathOf("p/plugin.sigstore.json"));
        Expect("Unsigned", 0);
    }

    [Test]
    public void Verify_OfABrokenFile_FailsTheSecond()
    {
        _desk.Put("p/plugin.sigstore.json", "{");
        Expect("MalformedEnvelope", 1);
    }

    [Test]
    public void Verify_OfAChangedManifest_FailsTheSignature()
    {
        var bundle = Encoding.UTF8.GetString(_desk.Read("p/plugin.sigstore.json"));
        var start = bundle.IndexOf("\"payload\":\"", StringComparison.Ordinal) + 11;
        _desk.Put("p/plugin.sigstore.json", bundle[..(start + 40)] + (bundle[start + 40] == 'A' ? 'B' : 'A')
            + bundle[(start + 41)..]);
        Expect("BadSignature", 2);
    }

    [Test]
    public void Verify_WithAnotherKey_FailsTheKey()
    {
        _desk.Run("keygen", "other.pem");
        string[] checks = ["passed", "passed", "skipped", "failed", .. Enumerable.Repeat("skipped", 10)];
        Expect("UnknownKey", checks, "--key", "other.pub");
    }

    [Test]
    public void Verify_ForAnotherPublisher_FailsThat()
    {
        Expect("WrongPublisher", 7, "--key", "key.pub", "--publisher", "acme-evil");
    }

    [Test]
    public void Verify_AtAnotherTime_FailsTheDates()
    {
        _desk.Clock.Now = _desk.Clock.Now.AddDays(-1);
        Expect("NotYetValid", 10);
        _desk.Clock.Now = _desk.Clock.Now.AddDays(500);
        Expect("Expired", 10);
    }

    [Test]
    public void Verify_ForAnotherAudience_FailsThat()
    {
        _desk.Put("p/manifest.json",
            """{ "id": "acme/shout", "version": "1.0.0", "sequence": 1, "audience": ["shop"] }""");
        _desk.Run("sign", "p", "--key", "key.pem");
        Expect("WrongAudience", 11);
        Assert.That(_desk.Run("verify", "p", "--key", "key.pub", "--audience", "shop").ExitCode, Is.Zero);
    }

    [Test]
    public void Verify_OfAnotherModule_FailsTheLastOfTheSignature()
    {
        _desk.Put("p/plugin.wasm", Repository.Guest(Plugin.WordCount));
        Expect("ModuleMismatch", 12);
    }

    [TestCase("{\n  \"keys\": [],\n  \"publisher\": [] }", "trust.json:3:3: publisher: there is no such field (did")]
    [TestCase("{\n  \"keys\": [ }", "trust.json:2:13: not valid JSON")]
    public void Verify_WithABrokenPolicy_NamesFileLineAndColumn(string policy, string expected)
    {
        _desk.Put("trust.json", policy);
        var run = _desk.Run("verify", "p", "--trust", "trust.json");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain(expected));
    }

    [Test]
    public void Verify_OfAllThatIsWell_TellsWhatWasNotAskedFor()
    {
        var output = _desk.Run("verify", "p", "--key", "key.pub").Output;
        Assert.That(output, Does.Contain("--publisher makes the check").And.Contain("the manifest is for everyone"));
        Assert.That(output, Does.Contain("verified: acme/shout 1.0.0").And.Contain("signed by  key.pub ("));
    }

    /// <summary>The checks before the failed one passed, and those behind it were not made.</summary>
    private void Expect(string code, int index, params string[] trust) => Expect(
        code,
        Enumerable.Range(0, 14).Select(i => i < index ? "passed" : i == index ? "failed" : "skipped"),
        trust);

    private void Expect(string code, IEnumerable<string> expected, params string[] trust)
    {
        var run = _desk.Run(["verify", "p", .. trust.Length > 0 ? trust : ["--key", "key.pub"], "--json"]);
        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Json.GetProperty("code").GetString(), Is.EqualTo(code));
        var results = run.Json.GetProperty("checks").EnumerateArray()
            .Select(check => check.GetProperty("result").GetString());
        Assert.That(results, Is.EqualTo(expected));
        Assert.That(run.Json.GetProperty("next").GetString(), Is.Not.Empty);
    }
}
