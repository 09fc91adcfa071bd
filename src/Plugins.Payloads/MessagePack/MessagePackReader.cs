using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Plugins.Payloads.Hashing;

namespace Plugins.Payloads.MessagePack;

/// <summary>Reads MessagePack values strictly, in order, from bytes that may be hostile.</summary>
/// <remarks>
/// <para>Any valid form of a value is read when the value fits.</para>
/// <para>A structure for one thread that must not be copied: pass it by reference. The bytes must not change before
/// the last use of the reader and of the spans it gave.</para>
/// <para>Implements the MessagePack specification of 2017-08-09.</para>
/// </remarks>
public ref partial struct MessagePackReader
{
    private const int AlwaysReservable = 65_536;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _maximumDepth;
    private long _reservable;
    private CollisionBudget? _collisions;
    private int _position;
    private int _depth;

    /// <summary>Begins to read a document.</summary>
    /// <param name="bytes">All of the document.</param>
    /// <param name="options">What it may ask for; <see cref="MessagePackReaderOptions.Default"/> when null.</param>
    public MessagePackReader(ReadOnlySpan<byte> bytes, MessagePackReaderOptions? options = null)
    {
        options ??= MessagePackReaderOptions.Default;
        _bytes = bytes;
        _maximumDepth = options.MaximumDepth;
        _reservable = AlwaysReservable + ((long)bytes.Length * options.MaximumExpansion);
    }

    /// <summary>How many bytes were read.</summary>
    public readonly int Position => _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Whether all bytes were read.</summary>
    public readonly bool IsAtEnd => _position == _bytes.Length;

    /// <summary>How many arrays and maps the reader is in.</summary>
    public readonly int Depth => _depth;

    /// <summary>The type of the value that comes next.</summary>
    /// <exception cref="MessagePackException">Nothing comes, or the reserved byte.</exception>
    public readonly MessagePackType NextType =>
        MessagePackCode.TypeOf(Peek()) ?? throw Refuse(MessagePackProblem.ReservedByte, _position);

    /// <summary>Reads nil if it comes next.</summary>
    /// <returns>False when another value comes, which is left unread.</returns>
    /// <exception cref="MessagePackException">Nothing comes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNil()
    {
        if (Peek() != MessagePackCode.Nil)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads true or false.</summary>
    /// <exception cref="MessagePackException">Something else comes.</exception>
    public bool ReadBoolean()
    {
        int code = Peek();
        if ((code | 1) != MessagePackCode.True)
        {
            throw WrongType(MessagePackType.Boolean);
        }

        _position++;
        return code == MessagePackCode.True;
    }

    /// <summary>Makes sure that nothing follows the value that was read.</summary>
    /// <exception cref="MessagePackException">Bytes follow.</exception>
    public readonly void EnsureEnd()
    {
        if (!IsAtEnd)
        {
            throw Refuse(MessagePackProblem.TrailingBytes, _position);
        }
    }

    /// <summary>The comparer for a hash table that is being read; null for the default one.</summary>
    internal IEqualityComparer<T>? ComparerFor<T>()
    {
        if (typeof(T) == typeof(string) || SeededComparer<T>.OrDefault is not null)
        {
            return SeededComparer<T>.OrDefault;
        }

        if (_collisions is null)
        {
            _collisions = new CollisionBudget();
            _collisions.Allow(_bytes.Length);
        }

        return new CountingComparer<T>(_collisions);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly byte Peek()
    {
        if ((uint)_position >= (uint)_bytes.Length)
        {
            ThrowUnexpectedEnd();
        }

        return _bytes[_position];
    }

    /// <summary>The big-endian number behind the first byte. Specification, "Notation in diagrams".</summary>
    private readonly ulong PeekNumber(int size)
    {
        if (Remaining - 1 < size)
        {
            ThrowUnexpectedEnd();
        }

        ReadOnlySpan<byte> number = _bytes.Slice(_position + 1, size);
        return size switch
        {
            1 => number[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(number),
            4 => BinaryPrimitives.ReadUInt32BigEndian(number),
            _ => BinaryPrimitives.ReadUInt64BigEndian(number),
        };
    }

    /// <summary>Reads a body whose length is compared with what is left before anything is made of it.</summary>
    private ReadOnlySpan<byte> TakeBody(int headerLength, ulong length)
    {
        if (length > (ulong)(Remaining - headerLength))
        {
            ThrowUnexpectedEnd();
        }

        ReadOnlySpan<byte> body = _bytes.Slice(_position + headerLength, (int)length);
        _position += headerLength + (int)length;
        return body;
    }
}
