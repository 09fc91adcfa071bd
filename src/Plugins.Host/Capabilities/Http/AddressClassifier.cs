using System.Net;
using System.Net.Sockets;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Tells public addresses from all others.</summary>
/// <remarks>
/// The ranges are those of the IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890), of
/// multicast, and of the services by which clouds identify a machine. Of IPv6 only 2000::/3 is assigned to servers.
/// </remarks>
internal static class AddressClassifier
{
    // The first that holds an address decides.
    private static readonly (IPNetwork Range, AddressKind Kind)[] IPv4 =
    [
        Range("100.100.100.200/32", AddressKind.Metadata), // Alibaba Cloud
        Range("168.63.129.16/32", AddressKind.Metadata), // Azure, in a public range
        Range("169.254.169.254/32", AddressKind.Metadata), // most clouds
        Range("169.254.170.2/32", AddressKind.Metadata), // Amazon's containers
        Range("169.254.170.23/32", AddressKind.Metadata), // Amazon's Kubernetes pods
        Range("192.0.0.192/32", AddressKind.Metadata), // Oracle Cloud
        Range("0.0.0.0/8", AddressKind.Unspecified),
        Range("10.0.0.0/8", AddressKind.Private),
        Range("100.64.0.0/10", AddressKind.Shared),
        Range("127.0.0.0/8", AddressKind.Loopback),
        Range("169.254.0.0/16", AddressKind.LinkLocal),
        Range("172.16.0.0/12", AddressKind.Private),
        Range("192.0.0.0/24", AddressKind.Reserved), // protocols
        Range("192.0.2.0/24", AddressKind.Reserved), // documentation
        Range("192.88.99.0/24", AddressKind.EmbeddedIPv4), // relays of 6to4
        Range("192.168.0.0/16", AddressKind.Private),
        Range("198.18.0.0/15", AddressKind.Reserved), // benchmarks
        Range("198.51.100.0/24", AddressKind.Reserved), // documentation
        Range("203.0.113.0/24", AddressKind.Reserved), // documentation
        Range("224.0.0.0/4", AddressKind.Multicast),
        Range("255.255.255.255/32", AddressKind.Multicast),
        Range("240.0.0.0/4", AddressKind.Reserved),
        Range("0.0.0.0/0", AddressKind.Public),
    ];

    private static readonly (IPNetwork Range, AddressKind Kind)[] IPv6 =
    [
        Range("fd00:ec2::254/128", AddressKind.Metadata), // Amazon
        Range("fd00:ec2::23/128", AddressKind.Metadata), // Amazon's Kubernetes pods
        Range("fd20:ce::254/128", AddressKind.Metadata), // Google
        Range("::/128", AddressKind.Unspecified),
        Range("::1/128", AddressKind.Loopback),
        Range("::/96", AddressKind.EmbeddedIPv4), // compatible
        Range("::ffff:0:0:0/96", AddressKind.EmbeddedIPv4), // translated, RFC 2765
        Range("64:ff9b::/96", AddressKind.EmbeddedIPv4), // NAT64
        Range("64:ff9b:1::/48", AddressKind.EmbeddedIPv4), // NAT64 of a network
        Range("2001::/32", AddressKind.EmbeddedIPv4), // Teredo
        Range("2001::/23", AddressKind.Reserved), // protocols
        Range("2001:db8::/32", AddressKind.Reserved), // documentation
        Range("2002::/16", AddressKind.EmbeddedIPv4), // 6to4
        Range("3fff::/20", AddressKind.Reserved), // documentation
        Range("fc00::/7", AddressKind.UniqueLocal),
        Range("fe80::/10", AddressKind.LinkLocal),
        Range("fec0::/10", AddressKind.Private), // site-local, given up
        Range("ff00::/8", AddressKind.Multicast),
        Range("2000::/3", AddressKind.Public),
        Range("::/0", AddressKind.Reserved),
    ];

    internal static AddressKind Classify(IPAddress address)
    {
        // Ranges would take a mapped address for the IPv4 address that it holds.
        if (address.IsIPv4MappedToIPv6)
        {
            return AddressKind.EmbeddedIPv4;
        }

        var isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var kind = (isIPv6 ? IPv6 : IPv4).First(entry => entry.Range.Contains(address)).Kind;
        return kind == AddressKind.Public && isIPv6 && IsIsatap(address) ? AddressKind.EmbeddedIPv4 : kind;
    }

    // RFC 5214, section 6.1: the last half is [02]00:5efe and an IPv4 address, within any prefix.
    private static bool IsIsatap(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return (bytes[8] & ~2) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }

    private static (IPNetwork Range, AddressKind Kind) Range(string range, AddressKind kind) =>
        (IPNetwork.Parse(range), kind);
}
