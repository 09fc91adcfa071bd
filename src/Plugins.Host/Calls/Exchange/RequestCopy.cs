using System.Runtime.InteropServices;

namespace Plugins.Host.Calls.Exchange;

/// <summary>Memory for copies of requests, which one asynchronous function after the other uses.</summary>
internal sealed class RequestCopy
{
    private const int KeptBytes = 64 * 1024;
    private const int FirstBytes = 256;

    private byte[] _buffer = [];

    /// <summary>Copies a request into memory that is the taker's until it gives it back, or for good.</summary>
    internal ReadOnlyMemory<byte> Take(ReadOnlySpan<byte> request)
    {
        if (request.IsEmpty)
        {
            return default;
        }

        var buffer = request.Length <= _buffer.Length
            ? _buffer
            : GC.AllocateUninitializedArray<byte>(Math.Max(request.Length, FirstBytes));
        _buffer = [];
        request.CopyTo(buffer);
        return buffer.AsMemory(0, request.Length);
    }

    /// <summary>Takes memory back that nobody uses any more; large memory is not kept.</summary>
    internal void Give(ReadOnlyMemory<byte> copy)
    {
        if (MemoryMarshal.TryGetArray(copy, out var used) && used.Array is { Length: > 0 and <= KeptBytes } buffer)
        {
            _buffer = buffer;
        }
    }
}
