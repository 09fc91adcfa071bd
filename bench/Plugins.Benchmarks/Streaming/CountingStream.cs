namespace Plugins.Benchmarks.Streaming;

/// <summary>Takes bytes and counts them, and looks at the memory of the process every MiB.</summary>
internal sealed class CountingStream(PeakGrowth? memory) : MemoryStream
{
    internal long TakenBytes { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var before = TakenBytes;
        TakenBytes += buffer.Length;
        if (before >> 20 != TakenBytes >> 20)
        {
            memory?.Look();
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
