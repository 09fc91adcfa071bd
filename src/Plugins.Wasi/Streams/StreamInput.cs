namespace Plugins.Wasi.Streams;

/// <summary>A stream of the application's, read into a buffer of its own, since a read may outlive its call.</summary>
internal sealed class StreamInput(Stream stream) : WasiInput
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Task<int>? _reading;
    private int _start;
    private int _end;

    public override int Read(Span<byte> target, IWasiGuest guest)
    {
        if (_start == _end)
        {
            _reading ??= Begin(guest);
            guest.Wait(_reading);
            var reading = _reading;
            _reading = null;
            (_start, _end) = (0, reading.GetAwaiter().GetResult());
        }

        var count = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(target);
        _start += count;
        return count;
    }

    public override Task Prepare(IWasiGuest guest) =>
        _start < _end ? Task.CompletedTask : _reading ??= Begin(guest);

    private Task<int> Begin(IWasiGuest guest)
    {
        // Not on the call's thread, as a stream may block where it should not.
        var cancellation = guest.Cancellation;
        return Task.Run(() => stream.ReadAsync(_buffer, cancellation).AsTask(), CancellationToken.None);
    }
}
