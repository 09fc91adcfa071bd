namespace Plugins.Host.Tests.Support;

/// <summary>A stream that cannot be read or written.</summary>
internal sealed class FailingStream : MemoryStream
{
    public override int Read(Span<byte> buffer) => throw new IOException("broken");

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromException<int>(new IOException("broken"));

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken");

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromException(new IOException("broken"));
}
