namespace Plugins.Wasi.Streams;

internal sealed class DiscardedOutput : WasiOutput
{
    public override void Write(ReadOnlySpan<byte> source, IWasiGuest guest)
    {
    }
}
