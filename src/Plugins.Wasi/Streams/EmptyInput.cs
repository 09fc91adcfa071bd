namespace Plugins.Wasi.Streams;

internal sealed class EmptyInput : WasiInput
{
    public override int Read(Span<byte> target, IWasiGuest guest) => 0;
}
