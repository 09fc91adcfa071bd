using System.Text;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Signing;

/// <summary>Runs the recipes of docs/signing.md, so that the page stays true.</summary>
public sealed class OpenSslTests
{
    [OneTimeSetUp]
    public void RequireTools()
    {
        CommandLine.Require("openssl", "version");
        CommandLine.Require("sh", "-c true");
    }

    [Test]
    public void Sign_WithTheDocumentedScript_Verifies()
    {
        using var shell = new CommandLine();
        shell.Write("plugin.wasm", TestPlugin.Module);
        shell.Write("manifest.json", TestPlugin.FullManifest.ToJson());
        shell.Run("sh", "-euc", Documented("keys"));
        shell.Run("sh", "-euc", Documented("sign"));

        var policy = TrustPolicy.ForPublisher("acme", Encoding.UTF8.GetString(shell.Read("key.pub")));
        var verified = Verification.Run(
            shell.Read("plugin.sigstore.json"), policy: policy, audience: "shop.example");

        Assert.That(verified.Manifest.ToJson(), Is.EqualTo(TestPlugin.FullManifest.ToJson()));
        Assert.That(verified.Signers.Single().Id, Is.EqualTo(policy.Keys[0].Id));
    }

    [Test]
    public void Sign_WithTheDocumentedScript_IsRefusedUnderAnotherKey()
    {
        using var shell = new CommandLine();
        shell.Write("plugin.wasm", TestPlugin.Module);
        shell.Write("manifest.json", TestPlugin.Manifest.ToJson());
        shell.Run("sh", "-euc", Documented("keys"));
        shell.Run("sh", "-euc", Documented("sign"));

        Assert.That(() => Verification.Run(shell.Read("plugin.sigstore.json")), Throws.TypeOf<UnknownKeyException>());
    }

    [TestCase("acme", "Verified OK")]
    [TestCase("evil", "Verification failure")]
    public void Verify_WithTheDocumentedScript_TellsRightFromWrong(string publisher, string expected)
    {
        using var shell = new CommandLine();
        var statement = TestEnvelope.Statement();
        var payload = Encoding.UTF8.GetBytes(statement.Replace("acme/", publisher + "/", StringComparison.Ordinal));
        var signed = ManifestSigner.Sign(TestPlugin.Manifest, TestPlugin.Module, TestKey.Acme.Key);
        var tampered = new SignatureFile(payload, SignatureFile.Read(signed).Signatures).ToBundle();
        shell.Write("key.pub", Encoding.UTF8.GetBytes(TestKey.Acme.Pem));
        shell.Write("plugin.sigstore.json", publisher == "acme" ? signed : tampered);

        var output = shell.Run("sh", "-uc", Documented("verify") + " || true");

        Assert.That(output.Trim(), Is.EqualTo(expected));
    }

    [Test]
    public void EnvelopeKeyId_IsWhatOpenSshShows()
    {
        CommandLine.Require("ssh-keygen", "-?");
        using var shell = new CommandLine();
        shell.Write("key.pub", Encoding.UTF8.GetBytes(TestKey.Acme.Pem));

        var shown = shell.Run("sh", "-euc", "ssh-keygen -i -m PKCS8 -f key.pub > key.ssh; ssh-keygen -lf key.ssh");

        Assert.That(shown.Split(' ')[1], Is.EqualTo(SshFingerprint.Of(TestKey.Acme.Key.ExportSubjectPublicKeyInfo())));
    }

    /// <summary>The shell block of docs/signing.md that follows a marker.</summary>
    private static string Documented(string name)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "signing.md")).ReplaceLineEndings("\n");
        var start = text.IndexOf($"<!-- recipe: {name} -->", StringComparison.Ordinal);
        Assert.That(start, Is.Not.Negative, $"docs/signing.md has no recipe named {name}");
        var begin = text.IndexOf("```sh\n", start, StringComparison.Ordinal) + "```sh\n".Length;
        return text[begin..text.IndexOf("\n```", begin, StringComparison.Ordinal)];
    }
}
