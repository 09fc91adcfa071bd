namespace Plugins.Host.Tests.Foreign;

/// <summary>Gives five bytes, and takes all.</summary>
internal sealed class ForeignStream(ForeignScene scene) : MemoryStream([1, 2, 3, 4, 5])
{
    public override int Read(Span<byte> buffer)
    {
        scene.At(ForeignPlaces.SourceRead);
        return base.Read(buffer);
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        scene.At(ForeignPlaces.SourceReadAsync);
        await Task.Yield();
        scene.At(ForeignPlaces.SourceReadLater);
        return base.Read(buffer.Span);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => scene.At(ForeignPlaces.SinkWrite);

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        scene.At(ForeignPlaces.SinkWriteAsync);
        await Task.Yield();
        scene.At(ForeignPlaces.SinkWriteLater);
    }
}
