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

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes.AsMemory(0, 1));
        await stream.FlushAsync();
        _started.SetResult();
        await _goOn.Task;
        await stream.WriteAsync(_bytes.AsMemory(1));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
