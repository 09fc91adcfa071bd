using System.Net;
using System.Net.Http;

namespace Plugins.Host.Capabilities.Http;

/// <summary>The connections of one plugin and tenant.</summary>
internal sealed class HttpTransport : IDisposable
{
    private readonly HttpMessageInvoker _invoker;

    /// <param name="options">The limits.</param>
    /// <param name="connect">Opens connections.</param>
    internal HttpTransport(
        PluginHttpOptions options, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) =>
        _invoker = new HttpMessageInvoker(CreateHandler(options, connect));

    /// <param name="handler">Somebody else's, in place of connections.</param>
    internal HttpTransport(HttpMessageHandler handler) =>
        _invoker = new HttpMessageInvoker(handler, disposeHandler: false);

    /// <summary>Requests that use it; for the pool alone, under its lock.</summary>
    internal int Users { get; set; }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        _invoker.SendAsync(request, cancellation);

    public void Dispose() => _invoker.Dispose();

    private static SocketsHttpHandler CreateHandler(
        PluginHttpOptions options,
        Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) => new()
    {
        // Nothing of this machine or of another request goes with a guest's: no cookies, proxies, passwords or
        // trace context, and no decision of the handler's where to go.
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        PreAuthenticate = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        // No span of its own either: the host's tells of the request, without its path.
        ActivityHeadersPropagator = null,
        ConnectCallback = connect,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaximumConnectionsPerServer,
        MaxResponseHeadersLength = (options.MaximumHeaderBytes + 1023) / 1024,

        // A body that was too long is not read to its end for the sake of the connection.
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),

        // Names are looked at again after this time.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
