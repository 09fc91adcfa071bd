namespace Plugins.Cli.Terminals;

/// <summary>Writes to a stream that may fail: the first failure is kept, and what follows it is lost.</summary>
/// <remarks>So what a command does is not undone in its midst because a disk is full; it is told at the end.</remarks>
internal sealed class UnfailingStream(Stream inner) : Stream
{
    /// <summary>Why something could not be written; null where all was.</summary>
    internal IOException? Failure { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            inner.Write(buffer);
        }
        catch (IOException exception)
        {
            Failure = exception;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            inner.Flush();
        }
        catch (IOException exception)
        {
            Failure = exception;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
