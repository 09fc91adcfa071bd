using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Loading;

internal sealed class GrantTests
{
    [Test]
    public void Permission_TheApplicationDoesNotGrant_IsRefusedInItsName()
    {
        using var rig = new Rig().Guest("run", _ => 0).Imports("clock.now").Asks("clock.now");
        var failure = Assert.Throws<PluginGrantException>(() => rig.Load())!;
        Assert.That(
            (failure.Permission, failure.Layer),
            Is.EqualTo(("clock.now", (PermissionLayer?)PermissionLayer.Application)));
        Assert.That(failure.Message, Does.Contain("denied by the application's grants"));
    }

    [Test]
    public void Permission_TheTenantDoesNotGrant_IsRefusedInItsName()
    {
        using var rig = new Rig().Guest("run", _ => 0).Uses("clock.now");
        rig.LoadOptions = new PluginLoadOptions { Permissions = PermissionCeiling.Nothing };
        Assert.That(
            () => rig.Load(),
            Throws.TypeOf<PluginGrantException>().With.Property("Layer").EqualTo(PermissionLayer.Tenant));
    }

    [Test]
    public void Permission_ThatNothingOffers_IsRefusedWhereRequired()
    {
        using var rig = new Rig().Guest("run", _ => 0).Uses("nobody.offers_this");
        var failure = Assert.Throws<PluginGrantException>(() => rig.Load())!;
        Assert.That((failure.Permission, failure.Layer), Is.EqualTo(("nobody.offers_this", (PermissionLayer?)null)));
    }

    [Test]
    public void Permission_OfAFunctionUnderAnotherName_IsWhatCounts()
    {
        using var rig = new Rig().Guest("run", guest => guest.Ask("users.find").Status)
            .Imports("users.find").Asks("users").Grants("users");
        rig.Options.AddFunction("users.find", (_, text) => text, permission: "users");
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Grant_OfALoadedPlugin_ExplainsItself()
    {
        using var rig = new Rig().Guest("run", _ => 0).Uses("clock.now").Asks("random.bytes", required: false);
        var grant = rig.Load().Grant;
        Assert.That((grant.IsGranted("clock.now"), grant.IsGranted("random.bytes")), Is.EqualTo((true, false)));
        Assert.That(grant.ToString(), Does.Contain("random.bytes (optional): denied by the application's grants"));
    }

    [Test]
    public void Setting_ThatIsRequiredAndMissing_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Config.Add(new ConfigKey { Key = "needed", Required = true });
        Assert.That(
            () => rig.Load(), Throws.TypeOf<PluginConfigurationException>().With.Property("Key").EqualTo("needed"));
    }

    [Test]
    public void Limits_OfAPlugin_AreWhatItAsksForWithinTheCeiling()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Requested = new RequestedLimits
        {
            Fuel = long.MaxValue >> 11, MemoryPages = 2, WallTimeMilliseconds = 70_000, CapabilityBytes = 7,
        };
        var limits = rig.Load().Limits;
        Assert.That((limits.Fuel, limits.MemoryPages), Is.EqualTo((10_000_000_000, 2)));
        Assert.That((limits.WallTime, limits.HostCalls), Is.EqualTo((TimeSpan.FromSeconds(30), 1_000)));
        Assert.That((limits.CapabilityRequestBytes, limits.CapabilityResultBytes), Is.EqualTo((7, 7)));
    }
}
