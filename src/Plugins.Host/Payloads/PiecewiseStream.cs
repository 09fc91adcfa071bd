namespace Plugins.Host.Payloads;

/// <summary>Bytes as a stream that asks, before it gives more of them, whether it may.</summary>
/// <param name="bytes">What it gives.</param>
/// <param name="check">Throws to end the reading.</param>
internal sealed class PiecewiseStream(ReadOnlyMemory<byte> bytes, Action? check) : ForwardStream
{
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        check?.Invoke();
        var count = Math.Min(buffer.Length, bytes.Length - _position);
        bytes.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
