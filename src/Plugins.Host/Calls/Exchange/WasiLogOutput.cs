using Plugins.Wasi;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The guest's log, an entry for each line that is written.</summary>
internal sealed class WasiLogOutput(CallState call, int level) : WasiOutput
{
    private const int MaximumLineBytes = 4096;

    private readonly byte[] _line = new byte[MaximumLineBytes];
    private int _length;

    public override void Write(ReadOnlySpan<byte> source, IWasiGuest guest)
    {
        while (!source.IsEmpty)
        {
            var end = source.IndexOf((byte)'\n');
            var part = end < 0 ? source : source[..end];
            var count = Math.Min(part.Length, MaximumLineBytes - _length);
            part[..count].CopyTo(_line.AsSpan(_length));
            _length += count;
            var isWhole = count == part.Length && end >= 0;
            source = source[(isWhole ? count + 1 : count)..];
            if (isWhole || _length == MaximumLineBytes)
            {
                Flush();
            }
        }
    }

    /// <summary>The guest is done: what it wrote last need not end with a line.</summary>
    internal void Flush()
    {
        if (_length > 0)
        {
            var length = _length;
            _length = 0;
            call.Log.Write(level, _line.AsSpan(0, length), call);
        }
    }
}
