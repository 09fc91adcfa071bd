using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Plugins.Payloads.MessagePack;

/// <summary>Writes MessagePack values, each in its shortest form.</summary>
/// <remarks>
/// A structure for one thread that must not be copied: pass it by reference. <see cref="Flush"/> hands the bytes to the
/// output, which nothing else may write to before. Implements the MessagePack specification of 2017-08-09.
/// </remarks>
public ref partial struct MessagePackWriter
{
    private readonly IBufferWriter<byte> _output;
    private readonly int _maximumDepth;
    private Span<byte> _buffer;
    private int _used;
    private long _flushed;
    private int _depth;

    /// <summary>Begins to write.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="maximumDepth">How many arrays and maps may be inside one another.</param>
    /// <exception cref="ArgumentOutOfRangeException">The depth is not one that readers allow.</exception>
    public MessagePackWriter(IBufferWriter<byte> output, int maximumDepth = 64)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumDepth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumDepth, MessagePackReaderOptions.DeepestAllowed);
        _output = output;
        _maximumDepth = maximumDepth;
    }

    /// <summary>How many bytes were written, flushed or not.</summary>
    public readonly long Position => _flushed + _used;

    /// <summary>How many arrays and maps the writer is in.</summary>
    public readonly int Depth => _depth;

    /// <summary>Hands everything written so far to the output.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            _output.Advance(_used);
            _flushed += _used;
        }

        _used = 0;
        _buffer = default;
    }

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteCode(MessagePackCode.Nil);

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void WriteBoolean(bool value) => WriteCode(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes bytes that are MessagePack already, such as a member's name encoded beforehand.</summary>
    /// <param name="encoded">Whole values, or headers that calls before and after complete; not checked.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteEncoded(scoped ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        _used += encoded.Length;
    }

    /// <summary>Enters an array; <see cref="EndContainer"/> leaves it after exactly so many values.</summary>
    /// <param name="length">How many values follow.</param>
    /// <exception cref="MessagePackException">It is nested too deeply.</exception>
    public void WriteArrayHeader(int length)
    {
        Enter(length);
        WriteHeader(MessagePackCode.FixArray, MessagePackCode.Array16, MessagePackCode.Array32, length);
    }

    /// <summary>Enters a map; <see cref="EndContainer"/> leaves it after exactly so many pairs.</summary>
    /// <param name="count">How many keys, each before its value, follow.</param>
    /// <exception cref="MessagePackException">It is nested too deeply.</exception>
    public void WriteMapHeader(int count)
    {
        Enter(count);
        WriteHeader(MessagePackCode.FixMap, MessagePackCode.Map16, MessagePackCode.Map32, count);
    }

    /// <summary>Leaves the array or map whose contents were written.</summary>
    /// <exception cref="InvalidOperationException">The writer is in none.</exception>
    public void EndContainer()
    {
        if (_depth == 0)
        {
            throw new InvalidOperationException("The writer is in no array or map.");
        }

        _depth--;
    }

    /// <summary>Makes the exception by which a converter refuses to write a value.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="name">The member or type it is about.</param>
    /// <returns>An exception to throw.</returns>
    public readonly MessagePackException Refuse(MessagePackProblem problem, string? name = null) =>
        new(problem, Position, path: null, name is null ? null : MessagePackPath.Escape(name));

    private void Enter(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_depth >= _maximumDepth)
        {
            throw Refuse(MessagePackProblem.TooDeep);
        }

        _depth++;
    }

    private void WriteHeader(byte fixedCode, byte code16, byte code32, int count)
    {
        if (count <= MessagePackCode.LongestFixContainer)
        {
            WriteCode((byte)(fixedCode | count));
        }
        else if (count <= ushort.MaxValue)
        {
            Write16(code16, (ushort)count);
        }
        else
        {
            Write32(code32, (uint)count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteCode(byte code)
    {
        Reserve(1)[0] = code;
        _used++;
    }

    private void Write8(byte code, byte value)
    {
        Span<byte> span = Reserve(2);
        span[1] = value;
        span[0] = code;
        _used += 2;
    }

    private void Write16(byte code, ushort value)
    {
        Span<byte> span = Reserve(3);
        span[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
        _used += 3;
    }

    private void Write32(byte code, uint value)
    {
        Span<byte> span = Reserve(5);
        span[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
        _used += 5;
    }

    private void Write64(byte code, ulong value)
    {
        Span<byte> span = Reserve(9);
        span[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
        _used += 9;
    }

    /// <summary>Room for at least so many bytes behind those that are used.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Renew(bytes);
        }

        return _buffer[_used..];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew(int bytes)
    {
        Flush();
        _buffer = _output.GetSpan(bytes);
        if (_buffer.Length < bytes)
        {
            throw new InvalidOperationException("The output gave less room than it was asked for.");
        }
    }
}
