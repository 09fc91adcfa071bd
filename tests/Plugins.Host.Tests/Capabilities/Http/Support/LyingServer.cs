using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plugins.Host.Tests.Capabilities.Http.Support;

/// <summary>A server that writes whatever bytes a test wants, once for each request.</summary>
internal sealed class LyingServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Stream, CancellationToken, Task> _answer;

    internal LyingServer(Func<Stream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Answers every request with the same bytes, and closes the connection unless told not to.</summary>
    internal LyingServer(string answer, bool keepsOpen = false)
        : this(async (stream, cancellation) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(answer), cancellation);
            if (keepsOpen)
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
        })
    {
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The heads of the requests, as they were on the wire.</summary>
    internal List<string> Heads { get; } = [];

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var cancellation = _end.Token;
        while (!cancellation.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(cancellation);
            _ = ServeAsync(client, cancellation);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellation)
    {
        using (client)
        {
            var stream = client.GetStream();
            while (await ReadHeadAsync(stream, cancellation) is { } head)
            {
                lock (Heads)
                {
                    Heads.Add(head);
                }

                await _answer(stream, cancellation);
                if (head.Contains("keep-this", StringComparison.Ordinal))
                {
                    continue;
                }

                return;
            }
        }
    }

    private static async Task<string?> ReadHeadAsync(Stream stream, CancellationToken cancellation)
    {
        var head = new StringBuilder();
        var buffer = new byte[1];
        while (await stream.ReadAsync(buffer, cancellation) > 0)
        {
            head.Append((char)buffer[0]);
            if (head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            {
                return head.ToString();
            }
        }

        return null;
    }
}
