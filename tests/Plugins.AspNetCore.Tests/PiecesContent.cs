using System.Net;

namespace Plugins.AspNetCore.Tests;

/// <summary>A body in pieces that the test sends one by one, or that are made as they are sent.</summary>
/// <param name="write">Writes the body.</param>
internal sealed class PiecesContent(Func<Stream, Task> write) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        await write(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
