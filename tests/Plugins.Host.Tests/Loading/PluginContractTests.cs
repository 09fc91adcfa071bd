using Plugins.Host.Errors;
using Plugins.Host.Loading;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;
using Plugins.Wasm;
using Plugins.Wasm.Types;
using TypeLimits = Plugins.Wasm.Types.Limits;

namespace Plugins.Host.Tests.Loading;

/// <summary>What is found out about a plugin without an application.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PluginContractTests
{
    private static readonly byte[] Module = [1, 2, 3];

    private readonly Rig _rig = new Rig().Guest("run", _ => 0);

    [TearDown]
    public void CleanUp() => _rig.Dispose();

    [Test]
    public void Check_OfAPluginThatFits_RunsNothing()
    {
        _rig.Engine.Initialize = _ => throw new InvalidOperationException("it runs");
        _rig.Uses("clock.now").Uses("shop.price").Imports("config.read");
        Assert.That(() => Check(), Throws.Nothing);
        Assert.That(_rig.Engine.Guests, Is.Empty);
    }

    // Grants are the application's: neither what it offers nor what it allows counts here.
    [Test]
    public void Check_OfARequiredPermissionThatNobodyOffers_Passes()
    {
        _rig.Imports("shop.price").Asks("shop.price", required: true);
        Assert.That(() => Check(), Throws.Nothing);
        Assert.That(() => _rig.Load(), Throws.TypeOf<PluginGrantException>());
    }

    [TestCase("plugins:abi/v1", "input_seek", LinkProblem.UnknownFunction)]
    [TestCase("plugins:abi/v1", "input_read", LinkProblem.ImportType)]
    [TestCase("env", "abort", LinkProblem.UnknownModule)]
    [TestCase("plugins:host/v1", "Not A Name", LinkProblem.CapabilityName)]
    [TestCase("plugins:host/v1", "clock.now", LinkProblem.ImportType)]
    public void Check_OfAnImportThatDoesNotFit_Refuses(string module, string name, LinkProblem problem)
    {
        _rig.Asks("clock.now");
        _rig.Engine.ImportList.Add(new ImportType(module, name, new FunctionType([ValueKind.I64], [])));
        Assert.That(Refusal().Problem, Is.EqualTo(problem));
    }

    [TestCase("clock.now")]
    [TestCase("shop.price")]
    [TestCase("variables.delete")]
    public void Check_OfAnImportWhosePermissionIsNotAskedFor_Refuses(string capability)
    {
        _rig.Imports(capability);
        Assert.That(Refusal().Problem, Is.EqualTo(LinkProblem.PermissionNotRequested));
    }

    [TestCase("shop.price", true)]
    [TestCase("clock.now", false)]
    public void Check_OfAFunctionUnderAPermissionOfAnotherName_Passes(string capability, bool passes)
    {
        _rig.Imports(capability).Asks("shop.read");
        Assert.That(() => Check(), passes ? Throws.Nothing : Throws.TypeOf<PluginLinkException>());
    }

    [Test]
    public void Check_OfAnImportThatTheListLacks_Refuses()
    {
        _rig.Imports("config.read");
        var listed = new ExpectedImport("plugins:abi/v1", "log");
        Assert.That(Refusal(manifest => manifest with { Imports = [listed] }).Problem,
            Is.EqualTo(LinkProblem.NotListed));
    }

    [Test]
    public void Check_OfAFunctionThatTheModuleLacks_Refuses()
    {
        _rig.Lists("walk");
        var failure = Refusal();
        Assert.That((failure.Problem, failure.Item), Is.EqualTo((LinkProblem.ExportMissing, "walk")));
    }

    [TestCase(null, false)]
    [TestCase(299L, false)]
    [TestCase(300L, true)]
    [TestCase(PluginManifest.MaxInteger, true)]
    public void Check_OfALargeMemory_GoesByWhatTheManifestAsksFor(long? pages, bool passes)
    {
        _rig.Engine.ExportList[0] = new ExportType("memory", new MemoryType(new TypeLimits(300, null)), 0);
        _rig.Requested = new RequestedLimits { MemoryPages = pages };
        Assert.That(() => Check(), passes ? Throws.Nothing : Throws.TypeOf<PluginMemoryException>());
    }

    [TestCase("plugins:abi/v2", "threads", ManifestProblem.UnsupportedAbi)]
    [TestCase("plugins:abi/v1", "stack-switching", ManifestProblem.UnsupportedFeature)]
    [TestCase("plugins abi", "threads", ManifestProblem.Format)]
    public void Check_OfAManifestForOthers_Refuses(string abi, string feature, ManifestProblem problem)
    {
        var failure = Assert.Throws<PluginManifestException>(
            () => Check(manifest => manifest with { Abi = abi, Features = [feature] }))!;
        Assert.That(failure.Problem, Is.EqualTo(problem));
    }

    /// <summary>A manifest that lists features lists all; one without any leaves them open.</summary>
    [TestCase("", null)]
    [TestCase("simd128", null)]
    [TestCase("sign-ext simd128", null)]
    [TestCase("sign-ext", ManifestProblem.UnlistedFeature)]
    [TestCase("simd128 stack-switching", ManifestProblem.UnsupportedFeature)]
    public void Check_OfFeatures_HoldsTheModuleAgainstTheList(string features, ManifestProblem? problem)
    {
        var module = Vectors();
        var manifest = _rig.Manifest() with
        {
            Module = ManifestModule.Describe(module),
            Features = features.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        };
        Exception? failure = null;
        try
        {
            PluginContract.Check(module, manifest);
        }
        catch (PluginManifestException exception)
        {
            failure = exception;
        }

        Assert.That((failure as PluginManifestException)?.Problem, Is.EqualTo(problem));
        if (problem == ManifestProblem.UnlistedFeature)
        {
            Assert.That(failure!.Message, Does.Contain("'simd128', which the manifest does not list"));
        }
    }

    private static byte[] Vectors() => TextFormat.ToBinary("""
        (module
          (memory (export "memory") 1)
          (func (export "run") (result i32) (v128.any_true (v128.const i64x2 0 0))))
        """);

    [Test]
    public void Check_OfAnotherModule_Refuses()
    {
        var failure = Assert.Throws<PluginManifestException>(
            () => Check(manifest => manifest with { Module = ManifestModule.Describe([4]) }))!;
        Assert.That(failure.Problem, Is.EqualTo(ManifestProblem.ModuleMismatch));
    }

    [TestCase("\0asm", "Malformed")]
    [TestCase("text", "Malformed")]
    public void Check_OfBytesThatAreNoModule_RefusesOnTheEmbeddedEngine(string bytes, string code)
    {
        var module = System.Text.Encoding.ASCII.GetBytes(bytes);
        var manifest = _rig.Manifest() with { Module = ManifestModule.Describe(module) };
        var failure = Assert.Throws<PluginMalformedException>(() => PluginContract.Check(module, manifest))!;
        Assert.That(failure.Code.ToString(), Does.Contain(code));
    }

    private void Check(Func<PluginManifest, PluginManifest>? change = null) =>
        PluginContract.Check(Module, (change ?? (manifest => manifest))(_rig.Manifest()), _rig.Engine);

    private PluginLinkException Refusal(Func<PluginManifest, PluginManifest>? change = null) =>
        Assert.Throws<PluginLinkException>(() => Check(change))!;
}
