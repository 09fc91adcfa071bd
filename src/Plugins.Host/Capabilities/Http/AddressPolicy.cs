using System.Net;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Decides which addresses of which hosts may be connected to. docs/http.md has the rules.</summary>
/// <remarks>
/// The same for all plugins of a host: what one plugin may reach, its grant decides before. A name in a grant does not
/// open private addresses, because whoever asked for the name may own its zone, and point it anywhere.
/// </remarks>
internal sealed class AddressPolicy
{
    private const string Localhost = "localhost";

    private readonly HostPattern[] _named;
    private readonly string[] _privateHosts;

    /// <param name="granted">What the application grants to plugins; not what plugins ask for.</param>
    /// <param name="privateHosts">Names whose zones the application answers for.</param>
    internal AddressPolicy(PermissionScope granted, IEnumerable<string> privateHosts)
    {
        _named =
        [
            .. granted.Items
                .Select(item => HostPattern.TryParse(item, out var pattern) ? pattern : null)
                .OfType<HostPattern>()
                .Where(pattern => !pattern.IsWildcard),
        ];
        _privateHosts = [.. privateHosts];
    }

    /// <summary>True if a connection to a host and port may go to an address.</summary>
    /// <param name="host">A name, or an address without brackets.</param>
    /// <param name="port">The port.</param>
    /// <param name="address">What the host resolved to, or the address itself.</param>
    internal bool Allows(string host, int port, IPAddress address)
    {
        var kind = AddressClassifier.Classify(address);
        if (kind == AddressKind.Public)
        {
            return true;
        }

        if (IPAddress.TryParse(host, out _))
        {
            return kind is not (AddressKind.Unspecified or AddressKind.Multicast) && IsNamed(host, port);
        }

        // Always this machine: RFC 6761, section 6.3.
        return (kind == AddressKind.Loopback && host == Localhost && IsNamed(host, port))
            || (IsOfPrivateNetwork(kind) && _privateHosts.Any(pattern => Covers(pattern, host)));
    }

    private static bool IsOfPrivateNetwork(AddressKind kind) => kind is AddressKind.Loopback or AddressKind.Private
        or AddressKind.Shared or AddressKind.UniqueLocal;

    internal static bool Covers(string pattern, string host) =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private bool IsNamed(string host, int port)
    {
        var written = host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;
        return Array.Exists(_named, pattern => pattern.Port == port && pattern.Host == written);
    }
}
