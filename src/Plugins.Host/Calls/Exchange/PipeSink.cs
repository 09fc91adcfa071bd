using System.IO.Pipelines;

namespace Plugins.Host.Calls.Exchange;

/// <summary>A pipe as the stream that output goes to; each write waits until the pipe wants more.</summary>
/// <param name="writer">The pipe's end; not completed.</param>
/// <remarks>
/// The runtime's own adapter goes on writing when nobody reads any more, and the guest would work for nothing.
/// </remarks>
internal sealed class PipeSink(PipeWriter writer) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var flushed = await writer.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (flushed.IsCanceled)
        {
            throw new OperationCanceledException("Writing to the pipe was cancelled.");
        }

        if (flushed.IsCompleted)
        {
            throw new IOException("The pipe is read no more.");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
