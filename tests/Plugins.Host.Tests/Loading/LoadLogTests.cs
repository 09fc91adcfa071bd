using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Loading;

/// <summary>The log says that a plugin was loaded once it was, and how long it took.</summary>
internal sealed class LoadLogTests
{
    private static readonly byte[] Module = [1, 2, 3];

    [TestCase(true, 1000)]
    [TestCase(false, 1100)]
    public void Entry_OfALoadedPlugin_HasItsTimesAndTheEngine(bool isSigned, int id)
    {
        using var rig = Timed();
        rig.Options.TrustPolicy = Signing.Policy;
        _ = isSigned ? rig.Host.Load(Module, Signing.Sign(rig.Manifest(), Module)) : rig.Load();
        var entry = rig.Loggers.Entries.Single(entry => entry.Id == id);
        Assert.That(entry.Message, Does.Contain("acme/test 1.2.3").And.Contain("by the engine fake 1.2 in 250 ms"));
        Assert.That(entry.Message, Does.EndWith("initialised in 30.5 ms."));
    }

    [Test]
    public void Entry_OfALoadedPlugin_NamesTheKeyThatSigned()
    {
        using var rig = Timed();
        rig.Options.TrustPolicy = Signing.Policy;
        rig.Host.Load(Module, Signing.Sign(rig.Manifest(), Module));
        Assert.That(
            rig.Loggers.Entries.Single(entry => entry.Id == 1000).Message,
            Does.Contain($"signed by {Signing.Policy.Keys.Single()}: "));
    }

    [Test]
    public void Plugin_ThatCannotBeInitialised_IsNotCalledLoaded()
    {
        using var rig = new Rig().Guest("run", _ => 0).Asks("clock.now", required: false).Imports("clock.now");
        rig.Engine.Initialize = _ => throw new FakeTrapException(EngineFaultKind.Trap);
        Assert.That(() => rig.Load(), Throws.InstanceOf<PluginException>());
        Assert.That(rig.Loggers.Entries.Select(entry => entry.Id), Has.None.AnyOf(1000, 1100, 1500));
    }

    [Test]
    public void Permission_ThatIsMissing_IsToldOnceThePluginIsLoaded()
    {
        using var rig = new Rig().Guest("run", _ => 0).Asks("clock.now", required: false).Imports("clock.now");
        rig.Load();
        Assert.That(rig.Loggers.Entries.Select(entry => entry.Id), Is.EqualTo(new[] { 1100, 1500 }));
        Assert.That(
            rig.Loggers.Entries[1].Message,
            Does.EndWith("runs without the optional permission clock.now: denied by the application's grants."));
    }

    private static Rig Timed()
    {
        var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Compiling = () => rig.Time.Advance(TimeSpan.FromMilliseconds(250));
        rig.Engine.Initialize = _ => rig.Time.Advance(TimeSpan.FromMilliseconds(30.5));
        return rig;
    }
}
