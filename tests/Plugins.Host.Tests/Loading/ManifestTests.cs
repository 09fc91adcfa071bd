using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Loading;

internal sealed class ManifestTests
{
    [Test]
    public void Abi_OfAnotherName_IsRefused() =>
        Check(manifest => manifest with { Abi = "plugins:abi/v2" }, ManifestProblem.UnsupportedAbi);

    [Test]
    public void HostApi_OfALaterVersion_IsRefused() => Check(
        manifest => manifest with { HostApi = new HostApiRange(SemanticVersion.Parse("2.0.0")) },
        ManifestProblem.UnsupportedHostApi);

    [Test]
    public void Feature_TheEngineLacks_IsRefused() =>
        Check(
            manifest => manifest with { Features = ["threads", "stack-switching"] },
            ManifestProblem.UnsupportedFeature);

    [Test]
    public void Feature_TheApplicationDoesNotAllow_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.Features = ["sign-ext"];
        Assert.That(
            () => rig.Load(manifest => manifest with { Features = ["threads"] }),
            Throws.TypeOf<PluginManifestException>()
                .With.Property("Problem").EqualTo(ManifestProblem.UnsupportedFeature)
                .And.Message.Contains("does not allow the feature 'threads'"));
    }

    [Test]
    public void Feature_TheApplicationAllows_IsFine()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.Features = ["threads"];
        Assert.That(() => rig.Load(manifest => manifest with { Features = ["threads"] }), Throws.Nothing);
    }

    [Test]
    public void Module_OtherThanDescribed_IsRefused() => Check(
        manifest => manifest with { Module = ManifestModule.Describe([9]) }, ManifestProblem.ModuleMismatch);

    [Test]
    public void Format_ThatIsBroken_IsRefused() =>
        Check(manifest => manifest with { Sequence = -1 }, ManifestProblem.Format);

    [Test]
    public void Unsigned_UnlessAllowed_IsMisuse()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.AllowUnsigned = false;
        rig.Options.TrustPolicy = Signing.Policy;
        Assert.That(() => rig.Load(), Throws.InvalidOperationException);
    }

    [Test]
    public void Unsigned_WhenLoaded_WarnsEachTime()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Load();
        rig.Load();
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1100), Is.EqualTo(2));
    }

    private static void Check(Func<PluginManifest, PluginManifest> change, ManifestProblem expected)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        Assert.That(
            () => rig.Load(change),
            Throws.TypeOf<PluginManifestException>().With.Property("Problem").EqualTo(expected));
    }
}
