using System.Buffers;
using Plugins.Host.Calls;
using Plugins.Host.Errors;

namespace Plugins.Host.Abi;

/// <summary>The output of one call: collected until it succeeds, or passed on to a stream as it comes.</summary>
internal sealed class OutputTarget
{
    private const int KeptBytes = 64 * 1024;

    private byte[] _buffer = [];
    private byte[] _kept = [];
    private int _length;
    private bool _isHandedOut;
    private bool _isRented;
    private Stream? _stream;
    private bool _isAsync;
    private bool _isDropped;
    private long _limit;
    private long _written;

    /// <summary>
    /// Collects. With <paramref name="isHandedOut"/>, the buffer itself becomes the result, if it fits.
    /// </summary>
    internal void Begin(long limit, bool isHandedOut)
    {
        _limit = Math.Min(limit, Array.MaxLength);
        _written = 0;
        _length = 0;
        _isHandedOut = isHandedOut;
        _buffer = isHandedOut ? [] : _kept;
    }

    internal void Begin(long limit, Stream stream, bool isAsync)
    {
        Begin(limit, isHandedOut: false);
        _limit = limit;
        _stream = stream;
        _isAsync = isAsync;
    }

    /// <summary>Counts and forgets what is written: the output of an initialisation.</summary>
    internal void BeginDropping(long limit)
    {
        Begin(limit, isHandedOut: false);
        _isDropped = true;
    }

    internal void End()
    {
        _stream = null;
        _isDropped = false;
        _length = 0;
        if (_isRented)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _isRented = false;
        }
        else if (!_isHandedOut)
        {
            _kept = _buffer;
        }

        _buffer = [];
    }

    internal void Write(ReadOnlySpan<byte> bytes, CallState call)
    {
        _written += bytes.Length;
        if (_written > _limit)
        {
            throw new PluginLimitException(PluginErrorCode.OutputLimit, call.Site(), _limit, _written);
        }

        if (_stream is not null)
        {
            WriteStream(bytes, call);
        }
        else if (!_isDropped)
        {
            Append(bytes);
        }
    }

    /// <summary>The whole output, to be kept by the caller.</summary>
    internal ReadOnlyMemory<byte> Take() => _isHandedOut ? _buffer.AsMemory(0, _length) : default;

    /// <summary>Copies the whole output to the caller's writer.</summary>
    internal void CopyTo(IBufferWriter<byte> writer, CallState call)
    {
        call.Leave();
        try
        {
            writer.Write(_buffer.AsSpan(0, _length));
        }
        catch (Exception exception)
        {
            call.Return();
            throw new PluginStreamException(PluginErrorCode.OutputStream, call.Site(), exception);
        }

        call.Return();
    }

    // Most guests write once: then the first buffer has exactly the size of the output and is handed out as it is.
    private void Append(ReadOnlySpan<byte> bytes)
    {
        var needed = _length + bytes.Length;
        if (needed > _buffer.Length)
        {
            Grow((int)Math.Min(Math.Max(needed, 2L * _length), _limit));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
    }

    // A small buffer is kept for the next call, a large one goes back to the pool that everything shares.
    private void Grow(int size)
    {
        var isRented = !_isHandedOut && size > KeptBytes;
        var larger = isRented ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_isRented)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
        _isRented = isRented;
    }

    private void WriteStream(ReadOnlySpan<byte> bytes, CallState call)
    {
        call.Leave();
        try
        {
            if (_isAsync)
            {
                WriteAsync(bytes, call.Slot);
            }
            else
            {
                _stream!.Write(bytes);
            }
        }
        catch (Exception exception)
        {
            call.Return();
            throw new PluginStreamException(PluginErrorCode.OutputStream, call.Site(), exception);
        }

        call.Return();
    }

    // Guest memory cannot be lent to a task, so pieces are copied; this thread waits until each is taken.
    private void WriteAsync(ReadOnlySpan<byte> bytes, CallSlot slot)
    {
        var transfer = ArrayPool<byte>.Shared.Rent(Math.Min(bytes.Length, KeptBytes));
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, transfer.Length);
            bytes[..count].CopyTo(transfer);
            slot.Wait(_stream!.WriteAsync(transfer.AsMemory(0, count), slot.Token));
            bytes = bytes[count..];
        }

        // Not returned after an exception: the stream may still be reading it.
        ArrayPool<byte>.Shared.Return(transfer);
    }
}
