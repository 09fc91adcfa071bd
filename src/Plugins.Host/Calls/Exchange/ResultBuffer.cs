using System.Buffers;
using Plugins.Manifest.Text;

namespace Plugins.Host.Calls.Exchange;

/// <summary>A capability's result: written by the host within a limit, then read by the guest in order.</summary>
internal sealed class ResultBuffer : IBufferWriter<byte>
{
    private const int KeptBytes = 64 * 1024;

    private byte[] _buffer = [];
    private int _length;
    private int _position;
    private int _limit;
    private bool _isOpen;

    internal int Length => _length;

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets the last result and lets the next be written.</summary>
    internal void Open(int limit)
    {
        Clear();
        _limit = limit;
        _isOpen = true;
    }

    /// <summary>Ends writing: a host function that kept the writer cannot reach a later call's result.</summary>
    internal void Close() => _isOpen = false;

    internal void Clear()
    {
        _length = 0;
        _position = 0;
        if (_buffer.Length > KeptBytes)
        {
            _buffer = [];
        }
    }

    /// <summary>Puts a message in place of whatever was written, cut at the limit between characters.</summary>
    internal void Replace(ReadOnlySpan<byte> message)
    {
        message = VisibleText.Cut(message, _limit);
        _buffer = message.ToArray();
        _length = message.Length;
        _position = 0;
    }

    internal int Read(Span<byte> target)
    {
        var count = Math.Min(target.Length, _length - _position);
        _buffer.AsSpan(_position, count).CopyTo(target);
        _position += count;
        return count;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        RequireOpen();
        if (count > _limit - _length)
        {
            throw new ResultTooLargeException();
        }

        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    // A hint is no promise to write that much, so up to the limit and a little more is given; Advance enforces it.
    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        RequireOpen();
        var needed = (long)_length + Math.Max(sizeHint, 1);
        if (needed <= _buffer.Length)
        {
            return;
        }

        if (needed > (long)_limit + KeptBytes || needed > Array.MaxLength)
        {
            throw new ResultTooLargeException();
        }

        Array.Resize(ref _buffer, (int)Math.Min(Math.Max(Math.Max(needed, 256), 2L * _length), Array.MaxLength));
    }

    private void RequireOpen()
    {
        if (!_isOpen)
        {
            throw new InvalidOperationException("The result belongs to a capability call that has ended.");
        }
    }
}
