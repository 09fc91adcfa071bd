using FsCheck;
using FsCheck.Fluent;
using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Permissions;

/// <summary>The laws of adding to a ceiling and taking from it, on random ceilings.</summary>
public sealed class PermissionCeilingLawTests
{
    private static readonly string[] Names = ["a", "b", "c.d", "http.send", "variables.read"];

    private static readonly Gen<PermissionGrant> Grants =
        from name in Gen.Elements(Names)
        from items in Gen.Elements("a.example", "b.example", "x.a.example").ListOf()
        let scope = items.Distinct(StringComparer.Ordinal).ToArray()
        select scope.Length == 0 ? new PermissionGrant(name) : new PermissionGrant(name, scope);

    private static readonly Gen<PermissionCeiling> Ceilings =
        from start in Gen.Elements(PermissionCeiling.Anything, PermissionCeiling.Nothing)
        from denied in Gen.Elements(Names).ListOf()
        from grants in Grants.ListOf()
        from isDeniedFirst in Gen.Elements(true, false)
        select isDeniedFirst ? start.Without(denied).With(grants) : start.With(grants).Without(denied);

    [Test]
    public void Without_AName_DeniesItAndLeavesOthers() => Check(Gen.Elements(Names), (ceiling, name) =>
        ceiling.Without(name).ScopeOf(name).IsEmpty
        && Names.Where(other => other != name).All(other => Same(ceiling.Without(name), ceiling, other)));

    [Test]
    public void Without_InAnyOrderAndAgain_IsTheSame() => Check(Gen.Elements(Names).ListOf(), (ceiling, names) =>
        Equal(
            ceiling.Without(names),
            names.AsEnumerable().Reverse().Aggregate(ceiling, (left, name) => left.Without(name)))
        && Equal(ceiling.Without(names), ceiling.Without(names).Without(names)));

    [Test]
    public void Without_EveryName_NeverWidens() => Check(Gen.Elements(Names).ListOf(), (ceiling, names) =>
        Names.All(name => ceiling.ScopeOf(name).Covers(ceiling.Without(names).ScopeOf(name))));

    [Test]
    public void With_AGrant_AddsItsScopeAndLeavesOthers() => Check(Grants, (ceiling, grant) =>
        ceiling.With(grant).ScopeOf(grant.Name).Equals(ceiling.ScopeOf(grant.Name).Union(grant.Scope))
        && Names.Where(other => other != grant.Name).All(other => Same(ceiling.With(grant), ceiling, other)));

    [Test]
    public void With_GrantsInAnyOrder_IsTheSame() => Check(Grants.ListOf(), (ceiling, grants) =>
        Equal(ceiling.With(grants), ceiling.With(grants.AsEnumerable().Reverse())));

    [Test]
    public void With_AGrantAfterItWasTaken_HasItsScopeAlone() => Check(Grants, (ceiling, grant) =>
        ceiling.Without(grant.Name).With(grant).ScopeOf(grant.Name).Equals(grant.Scope)
        && ceiling.With(grant).Without(grant.Name).ScopeOf(grant.Name).IsEmpty);

    [Test]
    public void Lists_OfACeiling_MakeItAgain() => Check(Gen.Constant(0), (ceiling, _) =>
    {
        var start = ceiling.ScopeOf("unheard.of").IsUnlimited ? PermissionCeiling.Anything : PermissionCeiling.Nothing;
        return Equal(
            start.Without(ceiling.Exceptions).Without(ceiling.Grants.Select(grant => grant.Name)).With(ceiling.Grants),
            ceiling);
    });

    private static void Check<T>(Gen<T> values, Func<PermissionCeiling, T, bool> law) => Prop.ForAll(
        Arb.From(Ceilings), Arb.From(values), law).QuickCheckThrowOnFailure();

    private static bool Same(PermissionCeiling one, PermissionCeiling other, string name) =>
        one.ScopeOf(name).Equals(other.ScopeOf(name));

    private static bool Equal(PermissionCeiling one, PermissionCeiling other) =>
        Names.Append("unheard.of").All(name => Same(one, other, name)) && one.IsAnything == other.IsAnything;
}
