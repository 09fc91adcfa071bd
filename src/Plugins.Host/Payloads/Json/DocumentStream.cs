using System.Text.Json;
using Plugins.Host.Payloads.Hashing;

namespace Plugins.Host.Payloads.Json;

/// <summary>A document that comes in pieces, counted as they come.</summary>
/// <remarks>A byte order mark, which System.Text.Json skips in streams, is refused as it is elsewhere.</remarks>
internal sealed class DocumentStream(Stream inner, CollisionBudget budget) : ForwardStream
{
    private const int MarkBytes = 3;

    private int _matched;

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        budget.Allow(count);
        RefuseMark(buffer[..count]);
        return count;
    }

    private void RefuseMark(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        for (int i = 0; i < bytes.Length && _matched is >= 0 and < MarkBytes; i++)
        {
            _matched = bytes[i] == mark[_matched] ? _matched + 1 : -1;
        }

        if (_matched == MarkBytes)
        {
            throw new JsonException("The document begins with a byte order mark.", "$", 0, 0);
        }
    }
}
