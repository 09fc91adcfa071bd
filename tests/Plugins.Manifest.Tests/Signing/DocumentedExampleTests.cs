using System.Security.Cryptography;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Signing;

/// <summary>Holds the program of docs/signing.md, so that it compiles, works and stays the same.</summary>
public sealed class DocumentedExampleTests
{
    [Test]
    public void Example_Run_VerifiesWhatItSigned()
    {
        var clock = new FixedClock(TestPlugin.IssuedAt.AddMilliseconds(999));

        var verified = Run(TestPlugin.Module, TestKey.Acme.Key, TestKey.Acme.Pem, clock);

        Assert.That(verified.Manifest.IssuedAt, Is.EqualTo(TestPlugin.IssuedAt));
    }

    [Test]
    public void Example_OfThePage_IsThisOne()
    {
        var source = Path.Combine(
            Repository.Root, "tests", "Plugins.Manifest.Tests", "Signing", "DocumentedExampleTests.cs");
        var lines = File.ReadAllLines(source).SkipWhile(line => line.Trim() != "// begin").Skip(1)
            .TakeWhile(line => line.Trim() != "// end");
        var text = string.Join('\n', lines.Select(line => line.Length > 8 ? line[8..] : line));
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "signing.md")).ReplaceLineEndings("\n");

        Assert.That(page, Does.Contain($"```csharp\n{text}\n```"));
    }

    private static VerifiedManifest Run(byte[] wasm, ECDsa key, string publicKeyPem, TimeProvider time)
    {
        // begin
        var manifest = new PluginManifest
        {
            Id = PluginId.Parse("acme/slugify"),
            Version = SemanticVersion.Parse("1.4.0"),
            Sequence = 12,
            Module = ManifestModule.Describe(wasm),
            Abi = "plugins:abi/v1",
            Functions = [new ExportedFunction { Name = "slugify" }],
            IssuedAt = time.GetUtcNow(),
        };
        byte[] bundle = ManifestSigner.Sign(manifest, wasm, key);

        var policy = TrustPolicy.ForPublisher("acme", publicKeyPem);
        VerifiedManifest verified = new ManifestVerifier(policy, time).Verify(wasm, bundle);
        // end
        return verified;
    }
}
