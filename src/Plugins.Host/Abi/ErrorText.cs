using System.Text;

namespace Plugins.Host.Abi;

/// <summary>What a guest wrote with <c>error_write</c>; cut at its limit.</summary>
internal sealed class ErrorText
{
    private byte[] _buffer = [];
    private int _length;

    internal void Clear() => _length = 0;

    internal void Append(ReadOnlySpan<byte> bytes, int limit)
    {
        bytes = bytes[..Math.Min(bytes.Length, limit - _length)];
        if (_length + bytes.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(limit, Math.Max(256, 2 * (_length + bytes.Length))));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The text with U+FFFD for what is not UTF-8, or null when nothing was written.</summary>
    internal string? Read() => _length == 0 ? null : Encoding.UTF8.GetString(_buffer, 0, _length);
}
