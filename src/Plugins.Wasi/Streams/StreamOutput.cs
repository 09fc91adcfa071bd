namespace Plugins.Wasi.Streams;

/// <summary>A stream of the application's. What a guest wrote is copied, since a write may outlive its call.</summary>
internal sealed class StreamOutput(Stream stream) : WasiOutput
{
    public override void Write(ReadOnlySpan<byte> source, IWasiGuest guest)
    {
        var copy = source.ToArray();
        var cancellation = guest.Cancellation;
        var writing = Task.Run(() => stream.WriteAsync(copy, cancellation).AsTask(), CancellationToken.None);
        guest.Wait(writing);
        writing.GetAwaiter().GetResult();
    }
}
