namespace Plugins.Host.Recording;

/// <summary>A streamed input as it was read then, piece by piece.</summary>
internal sealed class RecordedStream(ReplayTape tape) : MemoryStream
{
    public override int Read(Span<byte> buffer)
    {
        var piece = tape.Read(buffer.Length);
        piece.CopyTo(buffer);
        return piece.Length;
    }
}
