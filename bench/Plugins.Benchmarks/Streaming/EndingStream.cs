namespace Plugins.Benchmarks.Streaming;

/// <summary>As many bytes as it is told, out of nothing.</summary>
internal sealed class EndingStream(long length) : MemoryStream
{
    private long _left = length;

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _left);
        buffer[..count].Fill((byte)_left);
        _left -= count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    // In pieces, as the base class takes its own buffer for the content.
    public override async Task CopyToAsync(
        Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        var buffer = new byte[bufferSize];
        for (int count; (count = Read(buffer)) > 0;)
        {
            await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }
}
