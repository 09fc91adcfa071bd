using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Loading;

internal sealed class ExpectedPluginTests
{
    private static readonly byte[] Module = [1, 2, 3];
    private static readonly Dictionary<string, string> Secret = new(StringComparer.Ordinal) { ["key"] = "secret" };

    [TestCase("acme/test", null, true)]
    [TestCase("acme/test", "[1.2,2.0)", true)]
    [TestCase("acme/test", "[1.3,2.0)", false)]
    [TestCase("acme/billing", null, false)]
    [TestCase("acme/billing", "[1.2,2.0)", false)]
    public void Plugin_ThatIsNotTheExpectedOne_IsRefused(string id, string? version, bool passes)
    {
        foreach (var load in Loads())
        {
            using var rig = Signed();
            Assert.That(() => load(rig, PluginLoadOptions.For(id, version)), passes ? Throws.Nothing
                : Throws.TypeOf<PluginIdentityException>().With.Property("Code").EqualTo(PluginErrorCode.Identity)
                    .And.Property("ExpectedId").EqualTo(PluginId.Parse(id)));
            Assert.That(rig.Engine.Guests, Has.Count.EqualTo(passes ? 1 : 0));
        }
    }

    [TestCase("acme/billing", null, "the application expects acme/billing here.")]
    [TestCase("acme/test", "[2]", "its version is 1.2.3, where [2.0.0] is expected.")]
    public void Refusal_OfAnotherPlugin_SaysWhatWasExpected(string id, string? version, string problem)
    {
        using var rig = Signed();
        var failure = Assert.Throws<PluginIdentityException>(() => Load(rig, PluginLoadOptions.For(id, version)))!;
        Assert.That(failure.Message, Is.EqualTo($"Plugin acme/test was not loaded: {problem}"));
        Assert.That((failure.Plugin!.ToString(), failure.Version.ToString()), Is.EqualTo(("acme/test", "1.2.3")));
    }

    [Test]
    public void Module_OfAStrangerUnderTheExpectedId_IsRefusedByItsSignature()
    {
        using var rig = Signed();
        Assert.That(
            () => rig.Host.Load([1, 2, 4], Signing.Sign(rig.Manifest(), Module), PluginLoadOptions.For("acme/test")),
            Throws.TypeOf<PluginSignatureException>());
    }

    [Test]
    public void Settings_ForNoPluginInParticular_AreAWarning()
    {
        using var rig = Signed();
        Load(rig, new PluginLoadOptions { Configuration = Secret });
        Assert.That(rig.Loggers.Entries.Single(entry => entry.Id == 1101).Message, Does.StartWith("Plugin acme/test"));
    }

    [Test]
    public void Settings_ForTheExpectedPlugin_AreNoWarning()
    {
        using var rig = Signed();
        Load(rig, PluginLoadOptions.For("acme/test") with { Configuration = Secret });
        Load(rig, new PluginLoadOptions());
        Assert.That(rig.Loggers.Entries.Any(entry => entry.Id == 1101), Is.False);
    }

    [TestCase("acme", null)]
    [TestCase("acme/test", "^1.0")]
    public void For_OfAnotherForm_IsMisuse(string id, string? version) =>
        Assert.That(() => PluginLoadOptions.For(id, version), Throws.TypeOf<FormatException>());

    private static IEnumerable<Func<Rig, PluginLoadOptions, Plugin>> Loads() =>
    [
        Load,
        (rig, options) => rig.Host.LoadUnsigned(Module, rig.Manifest(), options),
        (rig, options) =>
        {
            using var folder = new TemporaryFolder();
            folder.Write("plugin.wasm", Module);
            folder.Write("plugin.sigstore.json", Signing.Sign(rig.Manifest(), Module));
            return rig.Host.LoadFolder(folder.Path, options);
        },
    ];

    private static Plugin Load(Rig rig, PluginLoadOptions options) =>
        rig.Host.Load(Module, Signing.Sign(rig.Manifest(), Module), options);

    private static Rig Signed()
    {
        var rig = new Rig().Guest("run", _ => 0);
        rig.Options.TrustPolicy = Signing.Policy;
        return rig;
    }
}
