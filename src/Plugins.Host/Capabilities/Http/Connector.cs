using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Opens connections to the very addresses that were looked at.</summary>
/// <remarks>
/// A name is resolved once for each connection. If anything else resolved it again, whoever owns the name could answer
/// with another address the second time.
/// </remarks>
internal sealed class Connector(AddressPolicy policy, HostResolver resolver, TimeSpan timeout)
{
    private const int MostAttempts = 4;

    internal async ValueTask<Socket> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, cancellation).ConfigureAwait(false);
        foreach (var address in addresses)
        {
            // One that is denied denies all: an honest name does not mix them.
            if (!policy.Allows(host, port, address))
            {
                throw new HttpSendException(
                    HttpFailureKind.AddressDenied,
                    $"it is at {address} ({AddressClassifier.Classify(address)}), which is not granted by name");
            }
        }

        return await ConnectAsync(addresses, port, cancellation).ConfigureAwait(false);
    }

    private async ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        var addresses = await resolver.ResolveAsync(host, cancellation).ConfigureAwait(false);
        return addresses.Length > 0 ? addresses : throw new SocketException((int)SocketError.HostNotFound);
    }

    private async ValueTask<Socket> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var attempts = Math.Min(addresses.Length, MostAttempts);
        for (var i = 0; ; i++)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(timeout / attempts);
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), patience.Token).ConfigureAwait(false);
                return socket;
            }
            catch (Exception exception)
            {
                socket.Dispose();
                cancellation.ThrowIfCancellationRequested();
                if (i + 1 >= attempts)
                {
                    throw exception is OperationCanceledException
                        ? new SocketException((int)SocketError.TimedOut)
                        : exception;
                }
            }
        }
    }
}
