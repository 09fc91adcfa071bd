using System.Net.Sockets;

namespace Plugins.Host.Capabilities.Http;

/// <summary>A connection that tells, once, when it is closed.</summary>
internal sealed class CountedConnection(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
{
    private int _isClosed;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            closed();
        }
    }
}
