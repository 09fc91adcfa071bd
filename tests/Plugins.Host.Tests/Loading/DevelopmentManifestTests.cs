using Plugins.Host.Abi;
using Plugins.Host.Loading;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Wasm;
using Plugins.Wasm.Types;

namespace Plugins.Host.Tests.Loading;

internal sealed class DevelopmentManifestTests
{
    [Test]
    public void Manifest_OfAModule_ListsItsFunctionsAndIsValid()
    {
        var module = GuestFiles.Read("examples/Pdk-Rust/word_count/plugin.wasm");
        var manifest = DevelopmentManifest.FromModule(module);
        Assert.That(manifest.Validate, Throws.Nothing);
        Assert.That(manifest.Functions.Select(function => function.Name), Is.EqualTo(["word_count"]));
        Assert.That(manifest.Permissions, Is.Empty);
        Assert.That(manifest.Module.Matches(module));
        Assert.That(manifest.Id.ToString(), Is.EqualTo("local/plugin"));
    }

    [Test]
    public void Manifest_OfBytesThatAreNoModule_IsRefused() =>
        Assert.That(() => DevelopmentManifest.FromModule([1, 2, 3]), Throws.InstanceOf<WasmException>());

    [Test]
    public void Permissions_OfImports_AreAskedForOnce()
    {
        var manifest = Describe(
            "variables.read", "variables.delete", "variables.compare_exchange", "config.read", "greeting.prefix",
            "Not A Name");
        string[] expected = ["variables.read", "variables.write", "greeting.prefix"];
        Assert.That(manifest.Permissions.Select(request => request.Name), Is.EqualTo(expected));
        Assert.That(manifest.Permissions.Any(request => request.Required), Is.False);
        Assert.That(manifest.Permissions, Has.All.Property("Scope").EqualTo(PermissionScope.Unlimited));
    }

    [Test]
    public void Addresses_OfHttp_AreThoseThatAreGranted()
    {
        var scope = PermissionScope.Parse("http.send", "api.example.com", "*.example.org");
        var granted = Describe(PermissionCeiling.Of(new PermissionGrant("http.send", scope)), "http.send");
        Assert.That(granted.Permissions[0].Scope, Is.EqualTo(scope));
    }

    [Test]
    public void Addresses_OfHttpWithoutBounds_AreNone([Values] bool everywhere)
    {
        var ceiling = everywhere ? PermissionCeiling.Anything : PermissionCeiling.Nothing;
        var manifest = Describe(ceiling, "http.send");
        Assert.That(manifest.Permissions[0].Scope.Items, Is.EqualTo(["host.invalid"]));
        Assert.That(manifest.Validate, Throws.Nothing);
    }

    [Test]
    public void Exports_ThatDoNotFitTheAbi_AreNoFunctions()
    {
        var engine = new FakeEngine();
        string[] names = ["run", "_initialize", "has space", "it's", "back\\slash", new('x', 256), new('y', 255), ""];
        engine.ExportList.AddRange(names.Select((name, index) => new ExportType(name, AbiContract.Entry, index)));
        engine.ExportList.Add(new ExportType("other_type", AbiContract.Capability, 0));
        var functions = DevelopmentManifest.FromModule(engine, [1]).Functions;
        Assert.That(functions.Select(function => function.Name), Is.EqualTo(["run", new string('y', 255)]));
    }

    [Test]
    public void Items_BeyondWhatAManifestMayHold_AreLeftOut()
    {
        var engine = new FakeEngine();
        var numbers = Enumerable.Range(0, 2_000).ToArray();
        engine.ExportList.AddRange(numbers.Select(number => new ExportType($"f{number}", AbiContract.Entry, number)));
        engine.ImportList.AddRange(
            numbers.Select(number => new ImportType(AbiNames.HostModule, $"c.n{number}", AbiContract.Capability)));
        var manifest = DevelopmentManifest.FromModule(engine, [1], Named());
        Assert.That(manifest.Validate, Throws.Nothing);
        Assert.That(manifest.Functions, Has.Count.EqualTo(PluginManifest.MaxFunctions));
        Assert.That(manifest.Permissions, Has.Count.EqualTo(PluginManifest.MaxPermissions));
    }

    [Test]
    public void Options_OfAModule_NameItAndItsSettings()
    {
        var options = Named() with { ConfigKeys = ["a", "b", "a"] };
        var manifest = DevelopmentManifest.FromModule(new FakeEngine(), [1], options);
        Assert.That(manifest.Id, Is.EqualTo(PluginId.Parse("acme/test")));
        Assert.That(manifest.Config.Select(setting => setting.Key), Is.EqualTo(["a", "b"]));
    }

    [TestCase("word_count.wasm", "local/word_count")]
    [TestCase("target/release/Word Count.wasm", "local/word-count")]
    [TestCase("plugins/greeter/plugin.wasm", "local/greeter")]
    [TestCase("greeter", "local/greeter")]
    [TestCase("a..b--c__d-.-e", "local/a.b-c_d-e")]
    [TestCase("--é.wasm", "local/plugin")]
    [TestCase("", "local/plugin")]
    public void Id_OfAPath_IsItsNameInTheFormOfIds(string path, string expected) =>
        Assert.That(DevelopmentManifest.IdOf(path).ToString(), Is.EqualTo(expected));

    [Test]
    public void Id_OfALongName_IsCut() =>
        Assert.That(DevelopmentManifest.IdOf(new string('a', 63) + ".b").Name, Is.EqualTo(new string('a', 63)));

    private static DevelopmentManifestOptions Named() => new() { Id = PluginId.Parse("acme/test") };

    private static PluginManifest Describe(params string[] capabilities) =>
        Describe(PermissionCeiling.Nothing, capabilities);

    private static PluginManifest Describe(PermissionCeiling permissions, params string[] capabilities)
    {
        var engine = new FakeEngine();
        engine.ExportList.Add(new ExportType("run", AbiContract.Entry, 0));
        engine.ImportList.AddRange(
            capabilities.Select(name => new ImportType(AbiNames.HostModule, name, AbiContract.Capability)));
        return DevelopmentManifest.FromModule(engine, [1], Named() with { Permissions = permissions });
    }
}
