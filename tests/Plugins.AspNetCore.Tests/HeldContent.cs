using System.Net;
using System.Text;

namespace Plugins.AspNetCore.Tests;

/// <summary>A body of which the first byte is sent at once, and the rest when the test says so.</summary>
internal sealed class HeldContent(string text) : HttpContent
{
    private readonly byte[] _bytes = Encoding.UTF8.GetBytes(text);
    private readonly TaskCompletionSource _started = new();
    private readonly TaskCompletionSource _goOn = new();

    internal Task Started => _started.Task;

    internal void GoOn() => _goOn.SetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_bytes.AsMemory(0, 1), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _started.SetResult();
        await _goOn.Task.WaitAsync(cancellationToken);
        await stream.WriteAsync(_bytes.AsMemory(1), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
