using System.Buffers;

namespace Plugins.Host.Calls.Exchange;

/// <summary>Collects output: a small buffer is kept for the next call, a large one goes back to the pool.</summary>
internal sealed class OutputBuffer
{
    private const int KeptBytes = 64 * 1024;

    private byte[] _buffer = [];
    private byte[] _kept = [];
    private int _length;
    private BufferOwner _owner;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    internal void Begin(bool isHandedOut)
    {
        _length = 0;
        _owner = isHandedOut ? BufferOwner.Caller : BufferOwner.NextCall;
        _buffer = isHandedOut ? [] : _kept;
    }

    internal void End()
    {
        _length = 0;
        if (_owner == BufferOwner.Pool)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
        else if (_owner == BufferOwner.NextCall && _buffer.Length > 0)
        {
            _kept = _buffer;
        }

        _owner = BufferOwner.NextCall;
        _buffer = [];
    }

    /// <summary>The output, to be kept by the caller; nothing unless it is handed out.</summary>
    internal ReadOnlyMemory<byte> Take() => _owner == BufferOwner.Caller ? _buffer.AsMemory(0, _length) : default;

    // Most guests write once: then the first buffer has exactly the size of the output and is handed out as it is.
    internal void Append(ReadOnlySpan<byte> bytes, long limit)
    {
        var needed = _length + bytes.Length;
        if (needed > _buffer.Length)
        {
            Grow((int)Math.Min(Math.Max(needed, 2L * _length), limit));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
    }

    private void Grow(int size)
    {
        var isRented = _owner != BufferOwner.Caller && size > KeptBytes;
        var larger = isRented ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);
        Written.CopyTo(larger);
        if (_owner == BufferOwner.Pool)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
        _owner = isRented ? BufferOwner.Pool : _owner;
    }
}
