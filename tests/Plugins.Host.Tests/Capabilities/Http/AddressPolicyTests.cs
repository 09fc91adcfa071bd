using System.Net;
using Plugins.Host.Capabilities.Http;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Capabilities.Http;

internal sealed class AddressPolicyTests
{
    [TestCase("api.example.com", "8.8.8.8", true, Description = "public addresses need no more than the grant")]
    [TestCase("api.example.com", "10.0.0.1", false, Description = "whoever owns the name chose the address")]
    [TestCase("api.example.com", "169.254.169.254", false)]
    [TestCase("10.0.0.1", "10.0.0.1", true)]
    [TestCase("10.0.0.2", "10.0.0.2", false)]
    [TestCase("169.254.169.254", "169.254.169.254", true, Description = "it says so itself")]
    [TestCase("168.63.129.16", "168.63.129.16", false)]
    [TestCase("0.0.0.0", "0.0.0.0", false, Description = "not even by name")]
    [TestCase("224.0.0.1", "224.0.0.1", false)]
    [TestCase("::1", "::1", true)]
    [TestCase("::ffff:10.0.0.1", "::ffff:10.0.0.1", false, Description = "a form that was not granted")]
    [TestCase("localhost", "127.0.0.1", true)]
    [TestCase("localhost", "::1", true)]
    [TestCase("localhost", "10.0.0.1", false)]
    [TestCase("sub.localhost", "127.0.0.1", false)]
    public void Allows_Grants_OpenAddressesByLiteralOnly(string host, string address, bool expected)
    {
        var policy = Policy(
            [],
            "api.example.com", "*.example.com", "10.0.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "[::1]",
            "localhost", "*.localhost");
        Assert.That(policy.Allows(host, 443, IPAddress.Parse(address)), Is.EqualTo(expected));
    }

    [TestCase("billing.internal", "10.0.0.1", true)]
    [TestCase("BILLING.internal", "10.0.0.1", true)]
    [TestCase("billing.internal", "127.0.0.1", true)]
    [TestCase("billing.internal", "100.64.0.1", true)]
    [TestCase("billing.internal", "fd12::1", true)]
    [TestCase("billing.internal", "169.254.169.254", false, Description = "a cloud's secrets are no private host")]
    [TestCase("billing.internal", "100.100.100.200", false)]
    [TestCase("billing.internal", "fd00:ec2::254", false)]
    [TestCase("billing.internal", "169.254.0.1", false)]
    [TestCase("billing.internal", "0.0.0.0", false)]
    [TestCase("billing.internal", "::ffff:10.0.0.1", false)]
    [TestCase("other.internal", "10.0.0.1", false)]
    [TestCase("a.svc.test", "10.0.0.1", true)]
    [TestCase("svc.test", "10.0.0.1", false)]
    [TestCase("asvc.test", "10.0.0.1", false)]
    [TestCase(".svc.test", "10.0.0.1", false)]
    [TestCase("10.0.0.1", "10.0.0.1", false)]
    public void Allows_PrivateHosts_ReachPrivateNetworksByName(string host, string address, bool expected) =>
        Assert.That(
            Policy(["billing.internal", "*.svc.test"]).Allows(host, 443, IPAddress.Parse(address)),
            Is.EqualTo(expected));

    [Test]
    public void Allows_OtherPort_IsAnotherServer()
    {
        var policy = Policy([], "http://10.0.0.1:8080");
        Assert.That(policy.Allows("10.0.0.1", 8080, IPAddress.Parse("10.0.0.1")));
        Assert.That(policy.Allows("10.0.0.1", 22, IPAddress.Parse("10.0.0.1")), Is.False);
    }

    [Test]
    public void Allows_EverythingGranted_OpensNoPrivateAddress() => Assert.That(
        new AddressPolicy(PermissionScope.Unlimited, []).Allows("10.0.0.1", 443, IPAddress.Parse("10.0.0.1")),
        Is.False);

    private static AddressPolicy Policy(string[] privateHosts, params string[] granted) => new(
        granted.Length == 0 ? PermissionScope.Nothing : PermissionScope.Parse(PermissionNames.HttpSend, granted),
        privateHosts);
}
