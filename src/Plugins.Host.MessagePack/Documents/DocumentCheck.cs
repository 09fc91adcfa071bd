using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using MessagePack;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Documents;

/// <summary>The strict pass over a document before the library reads it.</summary>
/// <remarks>
/// Linear in the document and without recursion. It skips nothing: form, depth, text, keys that come twice, declared
/// lengths, the number of values and their size are checked also in members that no type knows.
/// </remarks>
internal ref partial struct DocumentCheck
{
    private const int ValuesBetweenChecks = 4_096;
    private const int BytesPerValue = 16;
    private const int BytesPerByteOfText = 2;

    private readonly PayloadDocument _document;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly MessagePackPayloadOptions _limits;
    private readonly Type _type;
    private readonly OpenContainer[] _open;
    private MapKeys _keys;
    private int _depth;
    private int _position;
    private int _values;
    private long _decoded;

    private DocumentCheck(PayloadDocument document, MessagePackPayloadOptions limits, Type type)
    {
        _document = document;
        _bytes = document.Bytes.Span;
        _limits = limits;
        _type = type;
        _keys = new MapKeys(_bytes);
        _open = ArrayPool<OpenContainer>.Shared.Rent(limits.MaximumDepth);
    }

    /// <summary>Checks a document.</summary>
    /// <param name="document">All of it, and the call's right to end the check.</param>
    /// <param name="limits">What it may take.</param>
    /// <param name="type">The type that it will be read as, for the exception.</param>
    /// <exception cref="MessagePackPayloadException">It is refused.</exception>
    public static void Run(PayloadDocument document, MessagePackPayloadOptions limits, Type type)
    {
        var check = new DocumentCheck(document, limits, type);
        try
        {
            check.ReadUntil(long.MaxValue);
            if (check._position < check._bytes.Length)
            {
                throw check.Refuse(MessagePackProblem.TrailingBytes, check._position);
            }
        }
        finally
        {
            check.Dispose();
        }
    }

    public void Dispose()
    {
        ArrayPool<OpenContainer>.Shared.Return(_open);
        _keys.Dispose();
    }

    /// <summary>Reads all values, or those before the one that holds a byte.</summary>
    private void ReadUntil(long target)
    {
        do
        {
            MessagePackHead head = ReadHead();
            long end = _position + head.Length + (head.IsContainer ? 0L : head.Size);
            if (end > target)
            {
                return;
            }

            if (end > _bytes.Length)
            {
                throw Refuse(MessagePackProblem.UnexpectedEnd, _position);
            }

            Count(head);
            ReadValue(head);
            _position = (int)end;
            LeaveContainers();
        }
        while (_depth > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly MessagePackHead ReadHead()
    {
        if (!MessagePackHead.TryRead(_bytes[_position..], out MessagePackHead head))
        {
            throw Refuse(MessagePackProblem.UnexpectedEnd, _position);
        }

        return head.Type != MessagePackType.Unknown ? head : throw Refuse(MessagePackProblem.ReservedByte, _position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count(in MessagePackHead head)
    {
        _values++;
        _decoded += BytesPerValue
            + (head.IsContainer ? 0 : (long)head.Size * (head.Type == MessagePackType.String ? BytesPerByteOfText : 1));
        if (_values > _limits.MaximumValues || _decoded > _limits.MaximumDecodedBytes)
        {
            throw Refuse(
                _values > _limits.MaximumValues ? MessagePackProblem.TooManyValues : MessagePackProblem.TooLarge,
                _position);
        }

        if (_values % ValuesBetweenChecks == 0)
        {
            _document.ThrowIfStopped();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadValue(in MessagePackHead head)
    {
        if (head.Type == MessagePackType.String)
        {
            ReadText(head);
        }
        else if (head.IsContainer)
        {
            Enter(head);
        }
        else
        {
            BeginValue();
        }
    }

    private void ReadText(in MessagePackHead head)
    {
        var text = new MapKey(_position, _position + head.Length, (int)head.Size);
        if (!Utf8.IsValid(text.In(_bytes)))
        {
            throw Refuse(MessagePackProblem.InvalidUtf8, _position);
        }

        bool isKey = _depth > 0 && _open[_depth - 1].IsAtKey;
        if (isKey && !_keys.Add(_open[_depth - 1].OuterKeys, text))
        {
            throw RefuseKey(text);
        }

        BeginValue();
        if (isKey)
        {
            _open[_depth - 1].Key = text;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void BeginValue()
    {
        if (_depth == 0)
        {
            return;
        }

        ref OpenContainer container = ref _open[_depth - 1];
        if (container.IsAtKey)
        {
            container.Key = null;
        }

        container.Begun++;
    }

    private void Enter(in MessagePackHead head)
    {
        bool isMap = head.Type == MessagePackType.Map;
        long values = (long)head.Size * (isMap ? 2 : 1);
        if (values > _bytes.Length - _position - head.Length)
        {
            throw Refuse(MessagePackProblem.UnexpectedEnd, _position);
        }

        if (_depth >= _limits.MaximumDepth)
        {
            throw Refuse(MessagePackProblem.TooDeep, _position);
        }

        BeginValue();
        _open[_depth++] = new OpenContainer { IsMap = isMap, Values = values, OuterKeys = _keys.Count };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LeaveContainers()
    {
        while (_depth > 0)
        {
            ref OpenContainer container = ref _open[_depth - 1];
            if (container.Begun < container.Values)
            {
                return;
            }

            if (container.IsMap && _keys.End(container.OuterKeys) is { } duplicate)
            {
                throw RefuseKey(duplicate);
            }

            _depth--;
        }
    }
}
