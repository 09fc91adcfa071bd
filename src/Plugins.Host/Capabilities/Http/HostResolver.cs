using System.Net;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Finds the addresses of host names for one plugin, a few names at a time.</summary>
/// <remarks>
/// Where the system resolves names by a blocking call, each takes a thread for as long as the name's servers please,
/// and cannot be cancelled. Whoever waits may leave; the place is free when the system is done.
/// </remarks>
#pragma warning disable CA1001 // It holds no handle unless somebody asks for one, and callers may be waiting.
internal sealed class HostResolver(Func<string, Task<IPAddress[]>>? resolve)
#pragma warning restore CA1001
{
    internal const int MostAtATime = 4;

    private readonly SemaphoreSlim _places = new(MostAtATime);

    /// <exception cref="System.Net.Sockets.SocketException">There is no such name.</exception>
    internal async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        return await ResolveAndLeaveAsync(host).WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task<IPAddress[]> ResolveAndLeaveAsync(string host)
    {
        try
        {
            var pending = resolve is null ? Dns.GetHostAddressesAsync(host) : resolve(host);
            return await pending.ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }
}
