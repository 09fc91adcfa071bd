using Plugins.Cli.Failures;
using Plugins.Manifest.Permissions;

namespace Plugins.Cli.Tests.Failures;

internal sealed class GrantFlagsTests
{
    [TestCase("clock.now", "--grant clock.now")]
    [TestCase("variables.read", "--grant variables.read")]
    [TestCase("shop.price", "--stub shop.price=…")]
    [TestCase("http.send", "--grant http.send")]
    public void Of_AName_IsTheFlagThatGivesIt(string permission, string expected) =>
        Assert.That(GrantFlags.Of(permission), Is.EqualTo(expected));

    [Test]
    public void Of_Several_NamesEachOnceInTheirOrder()
    {
        var missing = new[] { Denied("shop.price"), Denied("clock.now"), Denied("shop.price") };
        Assert.That(GrantFlags.Of(missing), Is.EqualTo("--stub shop.price=… --grant clock.now"));
    }

    // A scope that holds a comma cannot be written as an option, which takes it for two.
    [TestCase("--grant variables.write=cart/,user/", "cart/", "user/")]
    [TestCase("--grant 'variables.write=$(reboot)'", "$(reboot)")]
    [TestCase("--grant variables.write", "a,b")]
    public void Of_AScope_IsTheScopeThatTheManifestAsksFor(string expected, params string[] scope) =>
        Assert.That(GrantFlags.Of([Denied("variables.write", scope)]), Is.EqualTo(expected));

    [TestCase("--grant 'http.send=GET a.test,b.test'", "GET a.test", "b.test")]
    [TestCase("--grant http.send=…", "host.invalid")]
    public void Of_AScopeOfHosts_IsWhatReachesThem(string expected, params string[] scope) =>
        Assert.That(GrantFlags.Of([Denied("http.send", scope)]), Is.EqualTo(expected));

    private static PermissionDecision Denied(string name, params string[] scope) => new(
        new PermissionRequest
        {
            Name = name,
            Reason = "a test",
            Scope = scope.Length == 0 ? PermissionScope.Unlimited : PermissionScope.Parse(name, scope),
        },
        PermissionScope.Nothing,
        []);
}
