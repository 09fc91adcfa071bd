using Plugins.Host.Errors;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The input of one call: pinned bytes of the caller, or a stream.</summary>
internal sealed unsafe class InputSource
{
    private byte* _bytes;
    private int _length;
    private int _position;
    private Stream? _stream;
    private byte[]? _transfer;
    private bool _isAsync;
    private long _limit;
    private long _streamed;

    /// <summary>Bytes in all, or -1 where a stream does not tell.</summary>
    internal int Length => _stream is null ? _length : -1;

    /// <summary>Takes bytes that the caller keeps pinned until <see cref="End"/>.</summary>
    internal void Begin(byte* bytes, int length)
    {
        _bytes = bytes;
        _length = length;
        _position = 0;
    }

    internal void Begin(Stream stream, bool isAsync, long limit)
    {
        _stream = stream;
        _isAsync = isAsync;
        _limit = limit;
        _streamed = 0;
    }

    internal void End()
    {
        _bytes = null;
        _length = 0;
        _position = 0;
        _stream = null;
    }

    /// <summary>
    /// Copies the next bytes; fewer than asked for at the end, or when a stream has no more just now.
    /// </summary>
    internal int Read(Span<byte> target, CallState call)
    {
        if (_stream is not null)
        {
            return ReadStream(target, call);
        }

        var count = Math.Min(target.Length, _length - _position);
        new ReadOnlySpan<byte>(_bytes + _position, count).CopyTo(target);
        _position += count;
        return count;
    }

    private int ReadStream(Span<byte> target, CallState call)
    {
        // One byte past the limit is asked for, so that an input of exactly the limit passes.
        var room = _limit - _streamed + 1;
        target = target[..(int)Math.Min(target.Length, room)];
        if (target.IsEmpty)
        {
            return 0;
        }

        int count;
        call.Leave();
        try
        {
            count = _isAsync ? ReadAsync(target, call) : ReadBlocking(_stream!, target, call.Clock);
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)target.Length);
        }
        catch (Exception exception)
        {
            call.Return();
            throw new PluginStreamException(PluginErrorCode.InputStream, call.Site(), exception);
        }

        call.Return();

        call.Tape?.AddInput(target[..count]);
        _streamed += count;
        return _streamed <= _limit
            ? count
            : throw new PluginLimitException(PluginErrorCode.InputLimit, call.Site(), _limit, _streamed);
    }

    private static int ReadBlocking(Stream stream, Span<byte> target, CallClock clock)
    {
        var began = clock.BeginWait();
        var count = stream.Read(target);
        clock.EndWait(began);
        return count;
    }

    // Streams of servers often refuse to be read synchronously, and a task cannot fill guest memory, which may be
    // freed.
    private int ReadAsync(Span<byte> target, CallState call)
    {
        // Kept only after success: a stream that failed or was cancelled may still write to it.
        var transfer = _transfer ?? new byte[64 * 1024];
        _transfer = null;
        var buffer = transfer.AsMemory(0, Math.Min(target.Length, transfer.Length));
        var count = call.Wait(_stream!.ReadAsync(buffer, call.Cancellation));
        buffer.Span[..count].CopyTo(target);
        _transfer = transfer;
        return count;
    }
}
