using System.Buffers;
using System.Text;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk;

/// <summary>The characters of the input, decoded on demand.</summary>
/// <remarks>One thread at a time, and one <c>foreach</c>; nothing to dispose.</remarks>
public sealed class InputRunes
{
    private readonly PluginRuntime _runtime;
    private readonly byte[] _buffer = new byte[4096];
    private int _position;
    private int _end;
    private long _offset;

    internal InputRunes(PluginRuntime runtime) => _runtime = runtime;

    /// <summary>The current character.</summary>
    public Rune Current { get; private set; }

    /// <summary>This object, for <c>foreach</c>.</summary>
    public InputRunes GetEnumerator() => this;

    /// <summary>Decodes the next character; false at the end of the input.</summary>
    /// <exception cref="InvalidTextException">What comes next is not UTF-8.</exception>
    public bool MoveNext()
    {
        OperationStatus status;
        Rune rune;
        int consumed;
        do
        {
            status = Rune.DecodeFromUtf8(_buffer.AsSpan(_position, _end - _position), out rune, out consumed);
        }
        while (status == OperationStatus.NeedMoreData && Refill());

        if (status == OperationStatus.Done)
        {
            _position += consumed;
            _offset += consumed;
            Current = rune;
            return true;
        }

        return _position == _end ? false : throw new InvalidTextException(_offset);
    }

    // A character may lie across two pieces, so what is left of the last one moves to the front.
    private bool Refill()
    {
        _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
        _end -= _position;
        _position = 0;
        int count = _runtime.InputRead(_buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
