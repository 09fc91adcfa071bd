using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Tests.Permissions;

public sealed class PermissionScopeTests
{
    private const string Hosts = PermissionNames.HttpSend;
    private const string Keys = PermissionNames.VariablesRead;
    private const string Files = PermissionNames.WasiFiles;
    private const string Own = "orders.read";

    [TestCase(Hosts, "a.test", "a.test", "a.test")]
    [TestCase(Hosts, "a.test", "b.test", "")]
    [TestCase(Hosts, "*.x.test", "a.x.test|b.test", "a.x.test")]
    [TestCase(Hosts, "*.x.test", "*.y.x.test", "*.y.x.test")]
    [TestCase(Hosts, "*.x.test", "x.test", "")]
    [TestCase(Hosts, "*.x.test", "http://a.x.test", "")]
    [TestCase(Hosts, "*.x.test", "a.x.test:8443", "")]
    [TestCase(Hosts, "*.x.test|b.test", "b.test|a.x.test|c.test", "a.x.test|b.test")]
    [TestCase(Hosts, "GET a.test", "a.test", "GET a.test")]
    [TestCase(Hosts, "GET a.test", "POST a.test", "")]
    [TestCase(Hosts, "GET *.x.test", "a.x.test", "GET a.x.test", Description = "neither holds the other")]
    [TestCase(Hosts, "GET *.x.test|PUT *.x.test", "a.x.test|b.test", "GET a.x.test|PUT a.x.test")]
    [TestCase(Keys, "user/", "user/1/|order/", "user/1/")]
    [TestCase(Keys, "user/1", "user/10", "user/10")]
    [TestCase(Keys, "user/", "User/", "")]
    [TestCase(Files, "/data", "/data", "/data")]
    [TestCase(Files, "/data", "/data:ro", "/data:ro")]
    [TestCase(Files, "/data:ro", "/data", "/data:ro")]
    [TestCase(Files, "/data|/data:ro", "/data", "/data")]
    [TestCase(Files, "/data", "/data/more", "")]
    [TestCase(Files, "/data:ro|/tmp", "/tmp:ro|/data", "/data:ro|/tmp:ro")]
    [TestCase(Own, "eu|us", "us|asia", "us")]
    [TestCase(Own, "eu", "eu/north", "")]
    public void Intersect_TwoLists_KeepsTheInner(string permission, string left, string right, string expected)
    {
        var (a, b) = (Parse(permission, left), Parse(permission, right));

        Assert.That(string.Join('|', a.Intersect(b).Items.Order(StringComparer.Ordinal)), Is.EqualTo(expected));
        Assert.That(a.Intersect(b), Is.EqualTo(b.Intersect(a)));
    }

    [Test]
    public void Intersect_Unlimited_IsNeutral()
    {
        var scope = Parse(Keys, "user/");

        Assert.That(scope.Intersect(PermissionScope.Unlimited), Is.SameAs(scope));
        Assert.That(PermissionScope.Unlimited.Intersect(scope), Is.SameAs(scope));
        Assert.That(PermissionScope.Nothing.Intersect(scope).IsEmpty);
        Assert.That(PermissionScope.Unlimited.Intersect(PermissionScope.Nothing).IsEmpty);
    }

    [TestCase(Hosts, "a.x.test", "*.x.test", "*.x.test")]
    [TestCase(Hosts, "GET a.x.test", "a.x.test", "a.x.test")]
    [TestCase(Hosts, "GET *.x.test", "a.x.test", "GET *.x.test|a.x.test")]
    [TestCase(Keys, "user/1|order", "user/", "order|user/")]
    [TestCase(Own, "eu", "us|eu", "eu|us")]
    public void Union_TwoLists_DropsTheInner(string permission, string left, string right, string expected)
    {
        var union = Parse(permission, left).Union(Parse(permission, right));

        Assert.That(string.Join('|', union.Items.Order(StringComparer.Ordinal)), Is.EqualTo(expected));
    }

    [Test]
    public void Intersect_OtherKind_Throws() =>
        Assert.That(() => Parse(Keys, "a").Intersect(Parse(Hosts, "a.test")), Throws.ArgumentException);

    [TestCase("user/", "user/1", true)]
    [TestCase("user/", "user", false)]
    [TestCase("user/", "", false)]
    public void CoversKey_Prefix_IsOrdinal(string prefix, string key, bool expected) =>
        Assert.That(Parse(Keys, prefix).CoversKey(key), Is.EqualTo(expected));

    [Test]
    public void CoversKey_ScopeOfNames_NeverCoversByPrefix()
    {
        Assert.That(Parse(Own, "eu").CoversKey("eu"), Is.False);
        Assert.That(Parse(Own, "eu").CoversName("eu"));
        Assert.That(Parse(Own, "eu").CoversName("eu2"), Is.False);
        Assert.That(Parse(Keys, "eu").CoversName("eu"), Is.False);
    }

    [Test]
    public void Covers_EmptyAndUnlimited_AreTheEnds()
    {
        Assert.That(PermissionScope.Unlimited.CoversKey("a") && PermissionScope.Unlimited.CoversName("a"));
        Assert.That(PermissionScope.Unlimited.CoversRequest("GET", new Uri("http://a/")));
        Assert.That(PermissionScope.Nothing.CoversKey("a") || PermissionScope.Nothing.CoversName("a"), Is.False);
        Assert.That(PermissionScope.Nothing.CoversRequest("GET", new Uri("http://a/")), Is.False);
        Assert.That(Parse(Keys, "a").Covers(PermissionScope.Unlimited), Is.False);
    }

    [TestCase(Hosts, "*")]
    [TestCase(Keys, "")]
    [TestCase(PermissionNames.ClockNow, "a")]
    public void Parse_BadItem_Throws(string permission, string item) =>
        Assert.That(() => PermissionScope.Parse(permission, item), Throws.TypeOf<FormatException>());

    [TestCase(0)]
    [TestCase(65)]
    public void Parse_WrongCount_Throws(int count)
    {
        string[] items = [.. Enumerable.Range(0, count).Select(i => $"item{i}")];

        Assert.That(() => PermissionScope.Parse(Own, items), Throws.TypeOf<FormatException>());
    }

    // Membership is the meaning of a scope, so the algebra must agree with it for every key.
    [Test]
    public void Algebra_RandomPrefixes_AgreesWithMembership()
    {
        var random = new Random(1);
        string Text(int least) =>
            string.Concat(Enumerable.Range(0, random.Next(least, 5)).Select(_ => (char)('a' + random.Next(2))));
        for (var round = 0; round < 2000; round++)
        {
            var a = PermissionScope.Parse(Keys, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Text(1))]);
            var b = PermissionScope.Parse(Keys, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Text(1))]);
            var key = Text(0) + Text(0);

            Assert.That(a.Intersect(b).CoversKey(key), Is.EqualTo(a.CoversKey(key) && b.CoversKey(key)));
            Assert.That(a.Union(b).CoversKey(key), Is.EqualTo(a.CoversKey(key) || b.CoversKey(key)));
            Assert.That(!a.Covers(b) || !b.CoversKey(key) || a.CoversKey(key));
        }
    }

    [Test]
    public void Algebra_RandomHosts_AgreesWithMembership()
    {
        var random = new Random(2);
        string Name() => string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => "ab"[random.Next(2)]));
        string Method() => random.Next(2) == 0 ? "GET" : "PUT";
        string Pattern() => (random.Next(2) == 0 ? Method() + ' ' : "") + (random.Next(2) == 0 ? "http://" : "")
            + (random.Next(2) == 0 ? "*." : "") + Name();
        for (var round = 0; round < 2000; round++)
        {
            var a = PermissionScope.Parse(Hosts, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pattern())]);
            var b = PermissionScope.Parse(Hosts, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pattern())]);
            var address = new Uri((random.Next(2) == 0 ? "http://" : "https://") + Name());

            var method = Method();

            var (inA, inB) = (a.CoversRequest(method, address), b.CoversRequest(method, address));
            Assert.That(a.Intersect(b).CoversRequest(method, address), Is.EqualTo(inA && inB));
            Assert.That(a.Union(b).CoversRequest(method, address), Is.EqualTo(inA || inB));
            Assert.That(a.Intersect(b), Is.EqualTo(b.Intersect(a)));
            Assert.That(!a.Covers(b) || !inB || inA);
        }
    }

    [TestCase("/data", false, true)]
    [TestCase("/data", true, true)]
    [TestCase("/data:ro", false, false)]
    [TestCase("/data:ro", true, true)]
    [TestCase("/other", true, false)]
    public void CoversDirectory_ByRight_CoversTheLesser(string item, bool isReadOnly, bool expected) =>
        Assert.That(PermissionScope.Parse(Files, item).CoversDirectory("/data", isReadOnly), Is.EqualTo(expected));

    [TestCase(":ro")]
    [TestCase("a:b")]
    [TestCase("/data:rw")]
    [TestCase("/data\n")]
    public void Parse_WhatIsNoDirectory_Refuses(string item) =>
        Assert.That(() => PermissionScope.Parse(Files, item), Throws.TypeOf<FormatException>());

    private static PermissionScope Parse(string permission, string items) =>
        PermissionScope.Parse(permission, items.Split('|'));
}
