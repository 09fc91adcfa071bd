using System.Net;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Finds the addresses of a host name.</summary>
/// <exception cref="System.Net.Sockets.SocketException">There is none.</exception>
internal delegate Task<IPAddress[]> HostResolver(string host, CancellationToken cancellation);
