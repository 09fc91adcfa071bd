using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Permissions;

public sealed class PermissionCeilingTests
{
    [Test]
    public void Of_SeveralOfOneName_AddsThemUp()
    {
        var ceiling = PermissionCeiling.Of(
            new PermissionGrant("b", "x"), new PermissionGrant("a"), new PermissionGrant("b", "y"));

        Assert.That(ceiling.ScopeOf("b").Items, Is.EquivalentTo(["x", "y"]));
        Assert.That(ceiling.Grants.Select(grant => grant.Name), Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void ScopeOf_NotListed_IsNothing()
    {
        Assert.That(PermissionCeiling.Nothing.ScopeOf("a").IsEmpty);
        Assert.That(PermissionCeiling.Of(new PermissionGrant("a")).ScopeOf("a.b").IsEmpty);
    }

    [Test]
    public void Anything_AnyName_IsUnlimited()
    {
        Assert.That(PermissionCeiling.Anything.ScopeOf("a").IsUnlimited && PermissionCeiling.Anything.IsAnything);
        Assert.That(PermissionCeiling.Anything.Grants, Is.Empty);
    }

    [Test]
    public void Anything_WithoutSome_SaysWhich()
    {
        var ceiling = PermissionCeiling.Anything.Without("http.send", "clock.now");
        Assert.That(ceiling.ScopeOf("http.send").IsEmpty);
        Assert.That(ceiling.ScopeOf("random.bytes").IsUnlimited);
        Assert.That(ceiling.IsAnything, Is.False);
        Assert.That(ceiling.Exceptions, Is.EqualTo(["clock.now", "http.send"]));
        Assert.That(ceiling.With(new PermissionGrant("clock.now"), new PermissionGrant("http.send")).IsAnything);
    }

    [Test]
    public void Without_AMisspeltName_Throws() =>
        Assert.That(() => PermissionCeiling.Anything.Without("Http Send"), Throws.ArgumentException);

    [Test]
    public void PermissionGrant_BadName_Throws() =>
        Assert.That(() => new PermissionGrant("A"), Throws.ArgumentException);
}
