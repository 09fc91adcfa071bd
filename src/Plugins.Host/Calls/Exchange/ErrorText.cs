using System.Text;
using Plugins.Host.Errors;
using Plugins.Manifest.Text;

namespace Plugins.Host.Calls.Exchange;

/// <summary>
/// What a guest wrote with <c>error_write</c>; going over the limit fails the call, with what fitted.
/// </summary>
internal sealed class ErrorText
{
    private const int LookAheadBytes = 64;

    private byte[] _buffer = [];
    private int _length;

    internal void Clear() => _length = 0;

    internal void Append(ReadOnlySpan<byte> bytes, CallState call)
    {
        var limit = call.Limits.ErrorBytes;
        var needed = (long)_length + bytes.Length;

        // A little more than is allowed, to see where the last character that fits ends.
        var kept = (long)limit + LookAheadBytes;
        Keep(bytes[..(int)Math.Min(bytes.Length, kept - _length)], kept);
        if (needed > limit)
        {
            _length = VisibleText.Cut(_buffer.AsSpan(0, _length), limit).Length;
            throw new PluginLimitException(PluginErrorCode.ErrorTextLimit, call.Site(), limit, needed);
        }
    }

    /// <summary>The text with U+FFFD for what is not UTF-8, or null when nothing was written.</summary>
    internal string? Read() => _length == 0 ? null : Encoding.UTF8.GetString(_buffer, 0, _length);

    private void Keep(ReadOnlySpan<byte> bytes, long limit)
    {
        if (_length + bytes.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(limit, Math.Max(256, 2L * (_length + bytes.Length))));
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }
}
