using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Permissions;

public sealed class EffectiveGrantTests
{
    [Test]
    public void Decide_AllLayersAllow_GrantsTheRequest()
    {
        var grant = Decide(Request("clock.now", required: true), publisher: "clock.now", application: "clock.now");

        Assert.That(grant.IsGranted("clock.now") && grant.IsRequested("clock.now"));
        Assert.That(grant.Missing, Is.Empty);
        Assert.That(grant.ToString(), Is.EqualTo("clock.now (required): granted (everything)"));
    }

    [TestCase("random.bytes", "clock.now", PermissionLayer.Publisher)]
    [TestCase("clock.now", "random.bytes", PermissionLayer.Application)]
    public void Decide_RequiredDenied_NamesTheLayer(string publisher, string application, PermissionLayer expected)
    {
        var grant = Decide(Request("clock.now", required: true), publisher, application);

        var missing = grant.Missing.Single();
        Assert.That(missing.Restrictions.Single().Layer, Is.EqualTo(expected));
        Assert.That(missing.Restrictions.Single().IsDenial && !missing.IsGranted);
        Assert.That(grant.IsGranted("clock.now"), Is.False);
    }

    [Test]
    public void Decide_OptionalDenied_IsNotMissing()
    {
        var grant = Decide(Request("clock.now"), publisher: "clock.now", application: "a");

        Assert.That(grant.Missing, Is.Empty);
        Assert.That(grant.IsRequested("clock.now") && !grant.IsGranted("clock.now"));
    }

    [Test]
    public void Decide_NotRequested_IsNotGranted()
    {
        var grant = Decide(Request("clock.now"), publisher: "random.bytes", application: "random.bytes");

        Assert.That(grant.IsGranted("random.bytes") || grant.IsRequested("random.bytes"), Is.False);
    }

    [Test]
    public void Decide_RequiredNarrowed_IsMissingAndSaysHow()
    {
        var request = Request(PermissionNames.VariablesRead, required: true);
        var ceiling = PermissionCeiling.Of(new PermissionGrant(PermissionNames.VariablesRead, "acme/"));

        var grant = EffectiveGrant.Decide([request], (PermissionLayer.Tenant, ceiling));

        Assert.That(grant.ScopeOf(PermissionNames.VariablesRead).Items, Is.EqualTo(["acme/"]));
        Assert.That(
            grant.Missing.Single().ToString(),
            Is.EqualTo("variables.read (required): narrowed from everything to acme/ by the tenant's grants"));
    }

    [Test]
    public void Decide_RequiredAndOptionalOfOneName_AddUp()
    {
        PermissionRequest[] requests =
        [
            Request(PermissionNames.HttpSend, required: true, "a.test"),
            Request(PermissionNames.HttpSend, required: false, "b.test", "c.test"),
        ];
        var ceiling = PermissionCeiling.Of(new PermissionGrant(PermissionNames.HttpSend, "a.test", "c.test"));

        var grant = EffectiveGrant.Decide(requests, (PermissionLayer.Application, ceiling));

        Assert.That(grant.ScopeOf(PermissionNames.HttpSend).Items, Is.EquivalentTo(["a.test", "c.test"]));
        Assert.That(grant.Missing, Is.Empty);
    }

    [Test]
    public void Decide_SecondLayerSaysMore_CannotWiden()
    {
        var narrow = PermissionCeiling.Of(new PermissionGrant("x", "eu"));

        var grant = EffectiveGrant.Decide(
            [Request("x")],
            (PermissionLayer.Publisher, narrow),
            (PermissionLayer.Application, PermissionCeiling.Anything));

        Assert.That(grant.ScopeOf("x").Items, Is.EqualTo(["eu"]));
    }

    private static EffectiveGrant Decide(PermissionRequest request, string publisher, string application) =>
        EffectiveGrant.Decide(
            [request],
            (PermissionLayer.Publisher, PermissionCeiling.Of(new PermissionGrant(publisher))),
            (PermissionLayer.Application, PermissionCeiling.Of(new PermissionGrant(application))));

    private static PermissionRequest Request(string name, bool required = false, params string[] scope) => new()
    {
        Name = name,
        Reason = "test",
        Required = required,
        Scope = scope.Length == 0 ? PermissionScope.Unlimited : PermissionScope.Parse(name, scope),
    };
}
