namespace Plugins.Host.Capabilities.Http;

/// <summary>Where an IP address leads; everything but <see cref="Public"/> is denied by default.</summary>
internal enum AddressKind
{
    /// <summary>A server on the internet.</summary>
    Public,

    /// <summary>No address, which many systems take for this machine.</summary>
    Unspecified,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>A private network.</summary>
    Private,

    /// <summary>A provider's network before its address translation.</summary>
    Shared,

    /// <summary>A private network of IPv6, unique local addresses.</summary>
    UniqueLocal,

    /// <summary>The network segment that this machine is on.</summary>
    LinkLocal,

    /// <summary>A cloud's service that hands out this machine's credentials.</summary>
    Metadata,

    /// <summary>A group of machines, or all of a network.</summary>
    Multicast,

    /// <summary>An IPv6 form of an IPv4 address, which may be any of the others.</summary>
    EmbeddedIPv4,

    /// <summary>For documentation, benchmarks, protocols, or not assigned.</summary>
    Reserved,
}
