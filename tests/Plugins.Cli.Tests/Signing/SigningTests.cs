using System.Runtime.Versioning;
using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Signing;

/// <summary>Keys and signatures, as a publisher makes them and an application checks them.</summary>
internal sealed class SigningTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void Keygen_InAFolder_MakesAPairThatOnlyItsOwnerReads()
    {
        var run = _desk.Run("keygen");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(File.GetUnixFileMode(_desk.PathOf("key.pem")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Encoding.ASCII.GetString(_desk.Read("key.pub")), Does.StartWith("-----BEGIN PUBLIC KEY-----"));
    }

    [TestCase("key.pem")]
    [TestCase("key.pub")]
    public void Keygen_OverAKey_NeedsForce(string taken)
    {
        _desk.Put(taken, "precious");
        Assert.That(_desk.Run("keygen").ExitCode, Is.EqualTo(2));
        Assert.That(_desk.Read(taken), Is.EqualTo("precious"u8.ToArray()));
        Assert.That(Directory.EnumerateFiles(_desk.Folder).Count(), Is.EqualTo(1));

        Assert.That(_desk.Run("keygen", "--force").ExitCode, Is.Zero);
    }

    [Test]
    public void Keygen_WithAPassphrase_MakesAKeyThatNeedsIt()
    {
        _desk.Variables["PLUGINS_KEY_PASSPHRASE"] = "correct horse";
        Assert.That(_desk.Run("keygen", "--encrypt").ExitCode, Is.Zero);
        Assert.That(Encoding.ASCII.GetString(_desk.Read("key.pem")),
            Does.StartWith("-----BEGIN ENCRYPTED PRIVATE KEY-----"));

        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest);
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem").ExitCode, Is.Zero);
        _desk.Variables["PLUGINS_KEY_PASSPHRASE"] = "wrong";
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem").Errors, Does.Contain("passphrase"));
        _desk.Variables.Clear();
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem").Errors, Does.Contain("PLUGINS_KEY_PASSPHRASE"));
    }

    [TestCase("# comment\n{0}", 2)]
    [TestCase("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n{0}", 2)]
    [TestCase("{0}-----BEGIN PRIVATE KEY-----\n", 2)]
    [TestCase("{0}{0}", 2)]
    [TestCase("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n{0}\n", 0)]
    public void Sign_WithAKeyFileOfMore_IsRefusedUnlessItIsParameters(string text, int exitCode)
    {
        Assert.That(_desk.Run("keygen").ExitCode, Is.Zero);
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest);
        _desk.Put("more.pem", string.Format(null, text, Encoding.ASCII.GetString(_desk.Read("key.pem"))));
        var run = _desk.Run("sign", "p", "--key", "more.pem");
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.ToString());
    }

    [Test]
    public void Sign_OfAPlugin_CompletesTheManifest()
    {
        Publish();
        var json = _desk.Run("verify", "p", "--key", "key.pub", "--publisher", "acme", "--json").Json;
        Assert.That(json.GetProperty("ok").GetBoolean(), Is.True, json.ToString());
        Assert.That(json.GetProperty("plugin").GetString(), Is.EqualTo("acme/shout"));
        Assert.That(json.GetProperty("checks").EnumerateArray()
            .Count(check => check.GetProperty("result").GetString() == "passed"), Is.EqualTo(13));
    }

    [Test]
    public void Sign_WithDays_Expires()
    {
        Publish("--expires", "30");
        Assert.That(_desk.Run("verify", "p", "--key", "key.pub").Output, Does.Contain("2026-03-31"));
        _desk.Clock.Now = _desk.Clock.Now.AddDays(31);
        Assert.That(_desk.Run("verify", "p", "--key", "key.pub").Output, Does.Contain("REFUSED (Expired)"));
    }

    [Test]
    public void Sign_WithoutDays_SaysThatOnlyAPolicyEndsIt()
    {
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest).Run("keygen");
        var run = _desk.Run("sign", "p", "--key", "key.pem");
        Assert.That(run.Output, Does.Contain("expires   never by itself; a trust policy may set a maximum age"));
    }

    [Test]
    public void Sign_WithoutAManifest_SaysWhatIsMissing()
    {
        _desk.Run("keygen");
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("sign", "p", "--key", "key.pem");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("no manifest").And.Contain("manifest.json"));
    }

    [TestCase("key.pub", "is a public key")]
    [TestCase("p/plugin.wasm", "cannot be read")]
    [TestCase("no.pem", "does not exist")]
    public void Sign_WithoutAPrivateKey_SaysSo(string key, string expected)
    {
        _desk.Run("keygen");
        var run = _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest).Run("sign", "p", "--key", key);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain(expected));
    }

    [Test]
    public void Sign_ByTwo_MeetsAThreshold()
    {
        Publish();
        _desk.Run("keygen", "second.pem");
        var added = _desk.Run("sign", "p", "--key", "second.pem", "--add");
        Assert.That(added.ExitCode, Is.Zero, added.ToString());
        Assert.That(File.Exists(_desk.PathOf("p/plugin.sigstore.json")), Is.False);

        _desk.Put("trust.json", Policy(2, "key.pub", "second.pub"));
        Assert.That(_desk.Run("verify", "p", "--trust", "trust.json").Output,
            Does.Contain("verified: acme/shout 1.0.0"));
    }

    [Test]
    public void Sign_ThatAdds_RefusesAnotherModule()
    {
        Publish();
        _desk.Put("p/plugin.wasm", Repository.Guest(Plugin.WordCount));
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem", "--add").ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void Run_OfASignedPlugin_WithItsKey_IsVerified()
    {
        Publish();
        Assert.That(_desk.Run("run", "p", "shout", "a", "--key", "key.pub").Output, Is.EqualTo("A!"));
        _desk.Put("p/plugin.wasm", Repository.Guest(Plugin.WordCount));
        var refused = _desk.Run("run", "p", "shout", "a", "--key", "key.pub");
        Assert.That(refused.ExitCode, Is.EqualTo(3));
        Assert.That(refused.Errors, Does.Contain("next: "));
    }

    [Test]
    public void Run_OfASignedPlugin_WithoutAKey_TellsThatNothingWasChecked()
    {
        Publish();
        var run = _desk.Run("run", "p", "shout", "a");
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "A!")));
        Assert.That(run.Errors, Does.Contain("note: The signature was not checked"));
    }

    [Test]
    public void Run_OfASignedPlugin_WithoutItsDraft_TakesTheManifestThatItClaims()
    {
        Publish();
        File.Delete(_desk.PathOf("p/manifest.json"));
        Assert.That(_desk.Run("run", "p", "shout", "a", "--json").Json.GetProperty("plugin").GetString(),
            Is.EqualTo("acme/shout"));
    }

    [Test]
    public void Verify_WithAPrivateKey_WarnsOfIt()
    {
        Publish();
        Assert.That(_desk.Run("verify", "p", "--key", "key.pem").Errors, Does.Contain("is a private key"));
    }

    [Test]
    public void Verify_WithoutAnyoneToTrust_SaysHow()
    {
        Assert.That(_desk.Run("verify", "p").Errors, Does.Contain("--key").And.Contain("--trust"));
    }

    [Test]
    public void Verify_WithAWrongPolicy_ListsItsFaults()
    {
        Publish();
        _desk.Put("trust.json", """{ "keys": [], "publishers": [{ "name": "acme", "keys": ["nobody"] }] }""");
        var run = _desk.Run("verify", "p", "--trust", "trust.json");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("nobody"));
    }

    private void Publish(params string[] options)
    {
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest).Run("keygen");
        var run = _desk.Run(["sign", "p", "--key", "key.pem", .. options]);
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    private string Policy(int threshold, params string[] keys)
    {
        var entries = keys.Select(key => $$"""{ "name": "{{key}}", "pem": "{{PemOf(key)}}" }""");
        var names = keys.Select(key => $"\"{key}\"");
        return $$"""
            { "keys": [{{string.Join(',', entries)}}],
              "publishers": [{ "name": "acme", "keys": [{{string.Join(',', names)}}], "threshold": {{threshold}} }] }
            """;
    }

    private string PemOf(string key) =>
        Encoding.ASCII.GetString(_desk.Read(key)).Trim().Replace("\n", "\\n", StringComparison.Ordinal);
}
