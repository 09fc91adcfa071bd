using System.Buffers;

namespace Plugins.Host.Tests.Foreign;

internal sealed class ForeignWriter(ForeignScene scene) : IBufferWriter<byte>
{
    private readonly byte[] _bytes = new byte[1_000];

    public void Advance(int count) => scene.At(ForeignPlaces.WriterAdvance);

    public Memory<byte> GetMemory(int sizeHint = 0) => _bytes;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        scene.At(ForeignPlaces.WriterSpan);
        return _bytes;
    }
}
