using Plugins.Host.Errors;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Calls;

/// <summary>What was granted for one tenant serves no other.</summary>
internal sealed class TenantTests
{
    private static readonly PermissionCeiling Some = PermissionCeiling.Of(new PermissionGrant("own"));

    [TestCase("alice", true, "alice", true)]
    [TestCase("alice", true, null, true)]
    [TestCase("alice", true, "bob", false)]
    [TestCase("alice", true, "Alice", false)]
    [TestCase("alice", true, "", false)]
    [TestCase("alice", false, "bob", false)]
    [TestCase(null, true, "bob", false)]
    [TestCase(null, true, null, true)]
    [TestCase(null, false, "bob", true)]
    [TestCase(null, false, null, true)]
    public void Call_OfATenant_IsServedByAPluginOfItsOwn(
        string? loaded, bool hasPermissions, string? called, bool isServed)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.LoadOptions = new PluginLoadOptions
        {
            Tenant = loaded, Permissions = hasPermissions ? Some : PermissionCeiling.Anything,
        };
        var plugin = rig.Load();
        var options = new PluginCallOptions { Tenant = called };
        foreach (var attempt in (Action[])
        [
            () => plugin.Call("run", [], options),
            () => plugin.CallAsync("run", default, options).GetAwaiter().GetResult(),
            () => plugin.Call("run", Stream.Null, Stream.Null, options),
            () => plugin.CallText("run", "", options),
            () => plugin.OpenSession(options).Dispose(),
        ])
        {
            Assert.That(() => attempt(), isServed ? Throws.Nothing : Throws.TypeOf<PluginTenantException>());
        }
    }

    [Test]
    public void Refusal_OfATenant_TellsBoth()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.LoadOptions = new PluginLoadOptions { Tenant = "alice" };
        var failure = Assert.Throws<PluginTenantException>(
            () => rig.Load().Call("run", [], new PluginCallOptions { Tenant = "b\u001bob" }))!;
        Assert.That(
            (failure.Code, failure.Phase, failure.Tenant, failure.RequestedTenant),
            Is.EqualTo((PluginErrorCode.Tenant, PluginPhase.Call, "alice", "b\u001bob")));
        Assert.That(failure.Message, Does.Contain("alice").And.Not.Contain("\u001b"));
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [TestCase("alice", null, "alice")]
    [TestCase("alice", "alice", "alice")]
    [TestCase(null, "bob", "bob")]
    [TestCase(null, null, null)]
    public void Tenant_OfACall_IsTheOneThePluginServes(string? loaded, string? called, string? expected)
    {
        string? seen = "nobody";
        using var rig = new Rig().Uses("own").Uses("variables.write").Guest("run", guest =>
            guest.Ask("own").Status + guest.Ask("variables.write", 1, 0, 0, 0, 1, 2).Status);
        rig.Options.AddFunction("own", (context, _) => seen = context.Tenant ?? "");
        rig.LoadOptions = new PluginLoadOptions { Tenant = loaded };
        var store = new RecordingStore();
        rig.Options.Variables = store;
        using var session = rig.Load().OpenSession(new PluginCallOptions { Tenant = called });
        session.Call("run", [], new PluginCallOptions { CallId = "other options" });
        Assert.That((seen, store.Tenant), Is.EqualTo((expected ?? "", expected)));
    }
}
