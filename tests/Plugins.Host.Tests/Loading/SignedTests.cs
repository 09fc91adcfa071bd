using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Loading;

internal sealed class SignedTests
{
    private static readonly byte[] Module = [1, 2, 3];

    [Test]
    public void Plugin_ThatIsSigned_IsLoadedAndCalled()
    {
        using var rig = Signed();
        var plugin = rig.Host.Load(Module, Signing.Sign(rig.Manifest(), Module));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1000), Is.EqualTo(1));
    }

    [Test]
    public void Module_ThatWasTamperedWith_IsRefused() => Refuses(
        rig => rig.Host.Load([1, 2, 4], Signing.Sign(rig.Manifest(), Module)), ManifestErrorCode.ModuleMismatch);

    [Test]
    public void Signature_ThatIsMissing_IsRefused() =>
        Refuses(rig => rig.Host.Load(Module, []), ManifestErrorCode.Unsigned);

    [Test]
    public void Policy_ThatIsMissing_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        Assert.That(
            () => rig.Host.Load(Module, Signing.Sign(rig.Manifest(), Module)),
            Throws.TypeOf<PluginSignatureException>());
    }

    [Test]
    public void Audience_OfAnother_IsRefused() => Refuses(
        rig => rig.Host.Load(Module, Signing.Sign(rig.Manifest() with { Audience = ["other"] }, Module)),
        ManifestErrorCode.WrongAudience);

    [Test]
    public void Module_LargerThanAllowed_IsRefusedUnread()
    {
        using var rig = Signed();
        rig.Options.ModuleLimits = new() { ModuleBytes = 2 };
        Assert.That(
            () => rig.Host.Load(Module, []),
            Throws.TypeOf<PluginModuleLimitException>().With.Property("Actual").EqualTo(3));
    }

    [Test]
    public void Folder_WithAPackage_IsLoaded([Values("plugin.sigstore.json", "plugin.dsse.json")] string signature)
    {
        using var rig = Signed();
        using var folder = new TemporaryFolder();
        folder.Write("plugin.wasm", Module);
        folder.Write(signature, Signing.Sign(rig.Manifest(), Module));
        Assert.That(rig.Host.LoadFolder(folder.Path).Id.ToString(), Is.EqualTo("acme/test"));
    }

    [Test]
    public void Folder_WithoutASignature_IsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("plugin.wasm", Module);
        Refuses(rig => rig.Host.LoadFolder(folder.Path), ManifestErrorCode.Unsigned);
    }

    [Test]
    public void Folder_WithAnOversizedSignature_IsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("plugin.wasm", Module);
        folder.Write("plugin.sigstore.json", new byte[(1 << 20) + 1]);
        Refuses(rig => rig.Host.LoadFolder(folder.Path), ManifestErrorCode.MalformedEnvelope);
    }

    [Test]
    public void Folder_WithoutAModule_IsAFaultOfTheFileSystem()
    {
        using var rig = Signed();
        using var folder = new TemporaryFolder();
        Assert.That(() => rig.Host.LoadFolder(folder.Path), Throws.InstanceOf<IOException>());
    }

    private static Rig Signed()
    {
        var rig = new Rig().Guest("run", _ => 0);
        rig.Options.AllowUnsigned = false;
        rig.Options.TrustPolicy = Signing.Policy;
        return rig;
    }

    private static void Refuses(Func<Rig, Plugin> load, ManifestErrorCode reason)
    {
        using var rig = Signed();
        Assert.That(() => load(rig), Throws.TypeOf<PluginSignatureException>().With.Property("Reason").EqualTo(reason));
    }
}
