using System.Buffers;
using System.Globalization;
using System.Text;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk;

/// <summary>A buffer for small pieces of output.</summary>
/// <remarks>
/// One thread at a time. The plugin disposes it, which flushes; what was not flushed is lost otherwise.
/// </remarks>
public sealed class OutputWriter : IBufferWriter<byte>, IDisposable
{
    private const int DefaultBytes = 4096;

    private readonly PluginRuntime _runtime = PluginRuntime.Current;
    private byte[] _buffer = new byte[DefaultBytes];
    private int _length;

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
        }

        if (bytes.Length >= _buffer.Length)
        {
            _runtime.OutputWrite(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Appends text as UTF-8.</summary>
    public void Write(ReadOnlySpan<char> text)
    {
        // Encoded straight into the buffer where that surely fits: three bytes at the most for each UTF-16 unit.
        if (text.Length <= DefaultBytes / 3)
        {
            Advance(Encoding.UTF8.GetBytes(text, GetSpan(text.Length * 3)));
            return;
        }

        Write(Encoding.UTF8.GetBytes(text.ToArray()));
    }

    /// <summary>Appends a number, a date or another formattable value in the invariant culture.</summary>
    public void Write<T>(T value)
        where T : IUtf8SpanFormattable
    {
        int size = 64;
        int count;
        while (!value.TryFormat(GetSpan(size), out count, format: default, CultureInfo.InvariantCulture))
        {
            size = checked(size * 2);
        }

        Advance(count);
    }

    /// <summary>Sends the buffered output to the host.</summary>
    public void Flush()
    {
        if (_length > 0)
        {
            _runtime.OutputWrite(_buffer.AsSpan(0, _length));
            _length = 0;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Flushes the buffer.</summary>
    public void Dispose() => Flush();

    private void Reserve(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (Math.Max(size, 1) <= _buffer.Length - _length)
        {
            return;
        }

        Flush();
        if (size > _buffer.Length)
        {
            _buffer = new byte[size];
        }
    }
}
