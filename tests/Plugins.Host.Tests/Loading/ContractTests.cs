using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Wasm.Types;
using TypeLimits = Plugins.Wasm.Types.Limits;

namespace Plugins.Host.Tests.Loading;

internal sealed class ContractTests
{
    private static readonly FunctionType Other = new([ValueKind.I64], []);

    [TestCase("plugins:abi/v1", "input_seek", LinkProblem.UnknownFunction)]
    [TestCase("plugins:abi/v1", "input_read", LinkProblem.ImportType)]
    [TestCase("plugins:abi/v2", "input_length", LinkProblem.UnknownModule)]
    [TestCase("env", "abort", LinkProblem.UnknownModule)]
    [TestCase("wasi_snapshot_preview1", "fd_write", LinkProblem.ImportType)]
    [TestCase("wasi_snapshot_preview1", "fd_hang", LinkProblem.UnknownFunction)]
    [TestCase("wasi_unstable", "fd_write", LinkProblem.UnknownModule)]
    [TestCase("plugins:host/v1", "Not A Name", LinkProblem.CapabilityName)]
    [TestCase("plugins:host/v1", "clock.now", LinkProblem.ImportType)]
    public void Import_ThatDoesNotFit_IsRefused(string module, string name, LinkProblem problem)
    {
        using var rig = new Rig().Guest("run", _ => 0).Asks("clock.now").Grants("clock.now");
        rig.Engine.ImportList.Add(new ImportType(module, name, Other));
        var failure = Assert.Throws<PluginLinkException>(() => rig.Load())!;
        Assert.That((failure.Problem, failure.ImportModule, failure.Item), Is.EqualTo((problem, module, name)));
    }

    [TestCase("clock.now")]
    [TestCase("nobody.offers_this")]
    public void Import_WhosePermissionIsNotAskedFor_IsRefused(string capability)
    {
        using var rig = new Rig().Guest("run", _ => 0).Imports(capability);
        var failure = Assert.Throws<PluginLinkException>(() => rig.Load())!;
        Assert.That(failure.Problem, Is.EqualTo(LinkProblem.PermissionNotRequested));
    }

    [TestCase("config.read", true)]
    [TestCase("clock.now", false)]
    public void Import_WhereTheManifestListsThem_MustBeListed(string capability, bool passes)
    {
        using var rig = new Rig().Guest("run", _ => 0).Uses("clock.now").Imports("config.read");
        rig.Engine.ImportList.RemoveAll(import => import.Name != capability);
        var listed = new Plugins.Manifest.ExpectedImport("plugins:host/v1", "config.read");
        Assert.That(() => rig.Load(manifest => manifest with { Imports = [listed] }), passes ? Throws.Nothing
            : Throws.TypeOf<PluginLinkException>().With.Property("Problem").EqualTo(LinkProblem.NotListed));
    }

    [Test]
    public void Import_ThatIsListedInVain_IsNoFault()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var listed = new Plugins.Manifest.ExpectedImport("plugins:host/v1", "config.read");
        Assert.That(() => rig.Load(manifest => manifest with { Imports = [listed] }), Throws.Nothing);
    }

    [Test]
    public void Import_OfAMemory_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.ImportList.Add(new ImportType("plugins:abi/v1", "log", new MemoryType(new TypeLimits(1, null))));
        Assert.That(() => rig.Load(), Throws.TypeOf<PluginLinkException>());
    }

    [Test]
    public void Permission_ThatIsMissing_IsLoggedOnceHoweverOftenItIsImported()
    {
        using var rig = new Rig().Guest("run", _ => 0).Asks("variables.write", required: false);
        Enumerable.Range(0, 1_000).Select(_ => rig.Imports("variables.write")).Last().Imports("variables.delete");
        rig.Load();
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1500), Is.EqualTo(1));
    }

    [Test]
    public void Import_OfTheSameCapabilityTwice_IsTaken()
    {
        using var rig = new Rig().Guest("run", _ => 0).Imports("config.read").Imports("config.read");
        Assert.That(() => rig.Load(), Throws.Nothing);
    }

    [Test]
    public void Export_ThatTheManifestListsInVain_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0).Lists("walk");
        var failure = Assert.Throws<PluginLinkException>(() => rig.Load())!;
        Assert.That((failure.Problem, failure.Item), Is.EqualTo((LinkProblem.ExportMissing, "walk")));
    }

    [TestCase("run")]
    [TestCase("_initialize")]
    public void Export_OfAnotherType_IsRefused(string name)
    {
        using var rig = new Rig().Lists("run");
        rig.Engine.ExportList.Add(new ExportType(name, Other, 0));
        rig.Engine.ExportList.Add(new ExportType(name == "run" ? "x" : "run", FakeEngine.Entry, 0));
        var failure = Assert.Throws<PluginLinkException>(() => rig.Load())!;
        Assert.That((failure.Problem, failure.Item), Is.EqualTo((LinkProblem.ExportType, name)));
    }

    [Test]
    public void Memory_ThatIsNotExported_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.ExportList.RemoveAt(0);
        Assert.That(() => rig.Load(), Throws.TypeOf<PluginLinkException>().With.Property("Item").EqualTo("memory"));
    }

    [TestCase(256u, true)]
    [TestCase(257u, false)]
    public void Memory_AtItsLimit_IsTold(uint pages, bool passes)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.ExportList[0] = new ExportType("memory", new MemoryType(new TypeLimits(pages, null)), 0);
        Assert.That(() => rig.Load(), passes ? Throws.Nothing
            : Throws.TypeOf<PluginMemoryException>().With.Property("Phase").EqualTo(PluginPhase.Load));
    }

    [TestCase(ValueKind.I64, 65_536)]
    [TestCase(ValueKind.I32, 1)]
    public void Memory_OfOtherAddressesOrPages_IsNoneOfTheAbi(ValueKind address, int pageBytes)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.ExportList[0] = new ExportType(
            "memory", new MemoryType(new TypeLimits(1, null), address, pageBytes), 0);
        var failure = Assert.Throws<PluginLinkException>(() => rig.Load())!;
        Assert.That((failure.Problem, failure.Item), Is.EqualTo((LinkProblem.ExportType, "memory")));
    }

    [Test]
    public void Initialize_ThatIsExported_IsRunOnce()
    {
        var runs = 0;
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Functions.Add("_initialize", _ => ++runs);
        rig.Engine.ExportList.Add(new ExportType("_initialize", new FunctionType([], []), 1));
        var plugin = rig.Load();
        plugin.Call("run", []);
        plugin.Call("run", []);
        Assert.That(runs, Is.EqualTo(1));
    }
}
