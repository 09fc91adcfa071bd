using System.Net.Http;
using System.Net.Sockets;

namespace Plugins.Host.Capabilities.Http;

/// <summary>The connections of one plugin, apart for each tenant, and its bound on requests at a time.</summary>
/// <remarks>
/// A connection serves requests of one plugin and tenant only. What one leaves on it, such as a response that a lying
/// server sends ahead, never answers another, and how fast a server answers does not tell whether others talk to it.
/// </remarks>
internal sealed class HttpTransportPool : IDisposable
{
    internal const int MostKept = 64;

    /// <summary>Open connections from which on idle ones are closed.</summary>
    /// <remarks>Else a plugin that is granted <c>*.example.com</c> would keep one for each name.</remarks>
    internal const int MostConnections = 128;

    private readonly PluginHttpOptions _options;
    private readonly Connector _connector;
    private readonly HttpMessageHandler? _handler;
    private readonly SemaphoreSlim _places;
    private readonly Lock _gate = new();

    // In order of their last use.
    private readonly List<(string? Tenant, HttpTransport Transport)> _transports = [];

    // Still in use, but not to be used again.
    private readonly HashSet<HttpTransport> _retired = [];
    private int _connections;
    private bool _isDisposed;

    internal HttpTransportPool(PluginHttpOptions options, Connector connector, HttpMessageHandler? handler)
    {
        _options = options;
        _connector = connector;
        _handler = handler;
        _places = new SemaphoreSlim(options.MaximumConcurrentRequests);
    }

    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _transports.Count;
            }
        }
    }

    /// <summary>Open connections, idle ones too.</summary>
    internal int Connections => Volatile.Read(ref _connections);

    /// <summary>Waits for a place among the plugin's requests.</summary>
    internal Task EnterAsync(CancellationToken cancellation) => _places.WaitAsync(cancellation);

    /// <summary>Ends a request; to be called once for each entry.</summary>
    internal void Leave() => _places.Release();

    /// <summary>The tenant's connections, until they are returned.</summary>
    internal HttpTransport Rent(string? tenant)
    {
        lock (_gate)
        {
            var index = _transports.FindIndex(entry => entry.Tenant == tenant);
            var transport = index < 0 ? Create() : _transports[index].Transport;
            if (index >= 0)
            {
                _transports.RemoveAt(index);
            }

            transport.Users++;
            _transports.Add((tenant, transport));
            return transport;
        }
    }

    internal void Return(HttpTransport transport)
    {
        lock (_gate)
        {
            transport.Users--;
            if (transport.Users == 0 && _retired.Remove(transport))
            {
                transport.Dispose();
            }

            Trim(_isDisposed ? 0 : MostKept);
        }
    }

    /// <summary>Closes idle connections now, and the others when their requests end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Trim(0);
        }
    }

    private HttpTransport Create() =>
        _handler is null ? new HttpTransport(_options, ConnectAsync) : new HttpTransport(_handler);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var connections = Interlocked.Increment(ref _connections);
        if (connections > MostConnections)
        {
            Retire();
        }

        try
        {
            // Attempts go on for some seconds when nobody waits for them any more.
            if (connections > 2 * MostConnections)
            {
                throw new SocketException((int)SocketError.TooManyOpenSockets);
            }

            var socket = await _connector.ConnectAsync(context, cancellation).ConfigureAwait(false);
            return new CountedConnection(socket, Leaves);
        }
        catch
        {
            Leaves();
            throw;
        }
    }

    private void Leaves() => Interlocked.Decrement(ref _connections);

    private void Retire()
    {
        lock (_gate)
        {
            Trim(0);
            _retired.UnionWith(_transports.Select(entry => entry.Transport));
            _transports.Clear();
        }
    }

    private void Trim(int kept)
    {
        for (var i = 0; i < _transports.Count && _transports.Count > kept;)
        {
            if (_transports[i].Transport.Users > 0)
            {
                i++;
                continue;
            }

            _transports[i].Transport.Dispose();
            _transports.RemoveAt(i);
        }
    }
}
