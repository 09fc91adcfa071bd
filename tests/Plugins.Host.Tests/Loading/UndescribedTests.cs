using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Loading;

/// <summary>Modules that are loaded without a manifest.</summary>
internal sealed class UndescribedTests
{
    private const string WordCount = "examples/Pdk-Rust/word_count/plugin.wasm";

    [Test]
    public void File_WithoutManifest_IsLoadedUnderItsName()
    {
        using var host = MakeHost();
        using var plugin = host.LoadUnsignedFile(GuestFiles.PathOf(WordCount));
        Assert.That(plugin.Id.ToString(), Is.EqualTo("local/word_count"));
        Assert.That(plugin.IsSigned, Is.False);
        Assert.That(plugin.CallText("word_count", "to be").Value, Does.Contain("\"words\":2"));
    }

    [Test]
    public void Folder_WithoutManifest_IsLoadedLikeItsModule()
    {
        using var host = MakeHost();
        using var plugin = host.LoadUnsignedFile(Path.GetDirectoryName(GuestFiles.PathOf(WordCount))!);
        Assert.That(plugin.Id.ToString(), Is.EqualTo("local/word_count"));
    }

    [Test]
    public void Module_OfAnExpectedPlugin_HasItsIdAndSettings()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var options = PluginLoadOptions.For("acme/greeter") with
        {
            Configuration = new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = "Ada" },
        };
        using var plugin = rig.Host.LoadUnsigned([1], options);
        Assert.That(plugin.Id.ToString(), Is.EqualTo("acme/greeter"));
        Assert.That(plugin.Manifest.Config.Select(setting => setting.Key), Is.EqualTo(["name"]));
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1100), Is.EqualTo(1));
    }

    [Test]
    public void Function_UnderAPermissionOfAnotherName_IsAskedForByThat()
    {
        using var rig = new Rig().Guest("run", _ => 0).Imports("users.find");
        rig.Options.AddFunction("users.find", (_, _, _) => CapabilityStatus.Success, permission: "users");
        rig.Grants("users");
        using var plugin = rig.Host.LoadUnsigned([1]);
        Assert.That(plugin.Grant.IsGranted("users"));
        Assert.That(plugin.Manifest.Permissions.Select(request => request.Name), Is.EqualTo(["users"]));
    }

    [Test]
    public void Module_ThatExportsNothingToCall_IsRefused()
    {
        using var rig = new Rig();
        Assert.That(
            () => rig.Host.LoadUnsigned([1]),
            Throws.TypeOf<PluginManifestException>().With.Message.Contains("() -> i32"));
    }

    [Test]
    public void Bytes_ThatAreNoModule_AreRefusedAsMalformed()
    {
        using var host = MakeHost();
        Assert.That(() => host.LoadUnsigned([1, 2, 3]), Throws.TypeOf<PluginMalformedException>());
    }

    [Test]
    public void Module_AboveTheLimit_IsRefusedUnread()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.ModuleLimits = rig.Options.ModuleLimits with { ModuleBytes = 1 };
        Assert.That(() => rig.Host.LoadUnsigned([1, 2]), Throws.TypeOf<PluginModuleLimitException>());
        Assert.That(
            () => rig.Host.LoadUnsignedFile(GuestFiles.PathOf(WordCount)), Throws.TypeOf<PluginModuleLimitException>());
    }

    [Test]
    public void Unsigned_UnlessAllowed_IsMisuse()
    {
        using var host = new PluginHost(new PluginHostOptions { TrustPolicy = Signing.Policy });
        Assert.That(() => host.LoadUnsigned([1]), Throws.InvalidOperationException);
        Assert.That(() => host.LoadUnsignedFile(GuestFiles.PathOf(WordCount)), Throws.InvalidOperationException);
    }

    private static PluginHost MakeHost() => new(new PluginHostOptions { AllowUnsigned = true });
}
