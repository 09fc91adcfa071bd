using System.Security.Cryptography;
using Plugins.Cli.Sources;
using Plugins.Cli.Tests.Support;
using Plugins.Manifest;
using Plugins.Manifest.Signing;
using Plugins.Wasm;

namespace Plugins.Cli.Tests.Signing;

/// <summary>Nothing is signed that hosts would refuse to load, and verification finds what others signed.</summary>
internal sealed class SignedContractTests
{
    private static readonly byte[] Vectors = TextFormat.ToBinary("""
        (module
          (memory (export "memory") 1)
          (func (export "run") (result i32)
            (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
            (v128.any_true (v128.const i64x2 0 0))))
        """);

    private readonly Desk _desk = new();

    [SetUp]
    public void MakeKeys() => _desk.Run("keygen");

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Sign_OfJunk_IsRefused()
    {
        _desk.Put("p/plugin.wasm", "junkjunk");
        _desk.Put("p/manifest.json", Manifest("\"functions\": [{ \"name\": \"shout\" }]"));
        Refuses("magic header", "Build it again");
    }

    [TestCase("\"functions\": [{ \"name\": \"walk\" }]", "'walk' is missing", "leave it out")]
    [TestCase("\"functions\": [{ \"name\": \"memory\" }]", "'memory' is ", "inspect")]
    [TestCase("\"imports\": [{ \"module\": \"plugins:abi/v1\", \"name\": \"log\" }]", "lists", "Correct imports")]
    [TestCase("\"features\": [\"stack-switching\"]", "lacks the feature 'stack-switching'", "docs/manifest.md")]
    [TestCase("\"abi\": \"plugins:abi/v2\"", "plugins:abi/v2", "docs/manifest.md")]
    [TestCase("\"hostApi\": { \"minimum\": \"7.0.0\" }", "not made for host API", "docs/manifest.md")]
    public void Sign_OfAManifestThatDoesNotFitTheModule_IsRefused(string field, string what, string next)
    {
        _desk.PutPlugin("p", Plugin.Shout, Manifest(field));
        Refuses(what, next);
    }

    /// <summary>What the author leaves out, the module knows.</summary>
    [Test]
    public void Sign_OfAManifestWithoutFeatures_ListsThoseOfTheModule()
    {
        _desk.Put("p/plugin.wasm", Vectors);
        _desk.Put("p/manifest.json", Manifest("\"permissions\": []"));
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem").ExitCode, Is.Zero);
        var claimed = UnverifiedSignature.Read(File.ReadAllBytes(_desk.PathOf("p/plugin.sigstore.json")))!;
        Assert.That(claimed.Manifest!.Features, Is.EqualTo(new[] { "bulk-memory", "simd128" }));
    }

    [TestCase("[\"simd128\"]", false)]
    [TestCase("[\"bulk-memory\", \"simd128\", \"sign-ext\"]", true)]
    public void Sign_OfAManifestWithFeatures_NeedsAllThatTheModuleUses(string features, bool passes)
    {
        _desk.Put("p/plugin.wasm", Vectors);
        _desk.Put("p/manifest.json", Manifest($"\"features\": {features}"));
        if (passes)
        {
            Assert.That(_desk.Run("sign", "p", "--key", "key.pem").ExitCode, Is.Zero);
        }
        else
        {
            Refuses("uses the feature 'bulk-memory', which the manifest does not list", "plugins sign lists");
        }
    }

    [Test]
    public void Sign_OfAnImportThatTheManifestDoesNotAskFor_IsRefused()
    {
        _desk.PutPlugin("p", Plugin.Greeter, Manifest("\"permissions\": []"));
        Refuses("greeting.prefix", "Ask for the permission");
        _desk.Put("p/manifest.json", Plugin.GreeterManifest);
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem").ExitCode, Is.Zero);
    }

    [Test]
    public void Sign_OfALargerMemoryThanTheManifestAsksFor_TellsTheFieldAndNoOption()
    {
        _desk.Put("p/plugin.wasm", WasmBytes.Module(
            WasmBytes.Section(1, 1, 0x60, 0, 1, 0x7F), WasmBytes.Section(3, 1, 0), WasmBytes.Section(5, 1, 0, 2),
            WasmBytes.Section(7, [2, 6, .. "memory"u8, 2, 0, 1, (byte)'f', 0, 0]), WasmBytes.Code(0x41, 0)));
        _desk.Put("p/manifest.json", Manifest("\"limits\": { \"memoryPages\": 1 }"));
        Assert.That(Refuses("memory", "memoryPages"), Does.Not.Contain("--limit"));
    }

    [Test]
    public void Sign_OfAMisspeltField_NamesFilePlaceAndWhatIsMeant()
    {
        _desk.PutPlugin("p", Plugin.Shout, """
            {
              "id": "acme/shout", "version": "1.0.0", "sequence": 1,
              "limits": { "feul": 1000 }
            }
            """);
        Refuses("p/manifest.json:3:15: limits.feul: there is no such field (did you mean 'fuel'?).", "fuel");
    }

    [TestCase("{ \"id\": \"a/b\",\n  \"version\" \"1.0.0\" }", "p/manifest.json:2:13: not valid JSON", "after a prop")]
    [TestCase("{ \"id\": \"a/b\", \"x\": \"é\",\n  \"x\": 1 }", "p/manifest.json:2:3: x: the name appears", "field")]
    [TestCase("{", "p/manifest.json:1:2: not valid JSON", "Correct the JSON")]
    public void Sign_OfBrokenJson_NamesFileLineAndColumn(string manifest, string what, string more)
    {
        _desk.PutPlugin("p", Plugin.Shout, manifest);
        Refuses(what, more);
    }

    [Test]
    public void Sign_OfAPlugin_TellsTheCommandThatVerifiesIt()
    {
        _desk.PutPlugin("my plugin", Plugin.Shout, Plugin.ShoutManifest);
        var step = _desk.Run("sign", "my plugin", "--key", "key.pem").Output.Split("next: ")[1].Trim();
        Assert.That(step, Is.EqualTo("plugins verify 'my plugin' --key key.pub"));
        Assert.That(_desk.Run("verify", "my plugin", "--key", "key.pub").ExitCode, Is.Zero);
    }

    [Test]
    public void Verify_OfAModuleThatDoesNotFitWhatWasSigned_FailsTheLastCheck()
    {
        SignOf("walk");
        var run = _desk.Run("verify", "p", "--key", "key.pub", "--json");
        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Json.GetProperty("code").GetString(), Is.EqualTo("Link"));
        var checks = run.Json.GetProperty("checks").EnumerateArray().ToArray();
        Assert.That(checks[^1].GetProperty("result").GetString(), Is.EqualTo("failed"));
        Assert.That(checks[^1].GetProperty("detail").GetString(), Does.Contain("'walk'"));
        Assert.That(checks[..^1].Select(check => check.GetProperty("result").GetString()), Has.None.EqualTo("failed"));
        Assert.That(_desk.Run("verify", "p", "--key", "key.pub").Output, Does.Contain("REFUSED (Link)"));
    }

    [Test]
    public void Sign_ThatAddsToWhatDoesNotFit_IsRefused()
    {
        SignOf("walk");
        Assert.That(_desk.Run("sign", "p", "--key", "key.pem", "--add").Errors, Does.Contain("'walk'"));
    }

    private static string Manifest(string field) =>
        $$"""{ "id": "acme/shout", "version": "1.0.0", "sequence": 1, {{field}} }""";

    private string Refuses(params string[] expected)
    {
        var run = _desk.Run("sign", "p", "--key", "key.pem");
        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        foreach (var text in expected)
        {
            Assert.That(run.Errors, Does.Contain(text));
        }

        Assert.That(_desk.PathOf("p/plugin.sigstore.json"), Does.Not.Exist);
        return run.Errors;
    }

    // As a tool that checks nothing would.
    private void SignOf(string function)
    {
        var module = Repository.Guest(Plugin.Shout);
        using var key = ECDsa.Create();
        key.ImportFromPem(System.Text.Encoding.ASCII.GetString(_desk.Read("key.pem")));
        var manifest = new PluginManifest
        {
            Id = PluginId.Parse("acme/shout"),
            Version = SemanticVersion.Parse("1.0.0"),
            Sequence = 1,
            Module = ManifestModule.Describe(module),
            Abi = "plugins:abi/v1",
            Functions = [new ExportedFunction { Name = function }],
            IssuedAt = _desk.Clock.Now,
        };
        _desk.Put("p/plugin.wasm", module);
        _desk.Put("p/plugin.sigstore.json", ManifestSigner.Sign(manifest, module, key));
    }
}
