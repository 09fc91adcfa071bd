using System.Buffers;
using Plugins.Host.Errors;

namespace Plugins.Host.Calls.Exchange;

/// <summary>Passes output on to the caller's stream.</summary>
internal sealed class OutputSink
{
    private const int PieceBytes = 64 * 1024;

    private Stream _stream = Stream.Null;
    private bool _isAsync;

    internal void Begin(Stream stream, bool isAsync)
    {
        _stream = stream;
        _isAsync = isAsync;
    }

    internal void End() => _stream = Stream.Null;

    internal void Write(ReadOnlySpan<byte> bytes, CallState call)
    {
        call.Leave();
        try
        {
            if (_isAsync)
            {
                WriteAsync(bytes, call);
            }
            else
            {
                var began = call.Clock.BeginWait();
                _stream.Write(bytes);
                call.Clock.EndWait(began);
            }
        }
        catch (Exception exception)
        {
            call.Return();
            throw new PluginStreamException(PluginErrorCode.OutputStream, call.Site(), exception);
        }

        call.Return();
    }

    // Guest memory cannot be lent to a task, so pieces are copied; this thread waits until each is taken.
    private void WriteAsync(ReadOnlySpan<byte> bytes, CallState call)
    {
        var transfer = ArrayPool<byte>.Shared.Rent(Math.Min(bytes.Length, PieceBytes));
        while (!bytes.IsEmpty)
        {
            var count = Math.Min(bytes.Length, transfer.Length);
            bytes[..count].CopyTo(transfer);
            call.Wait(_stream.WriteAsync(transfer.AsMemory(0, count), call.Cancellation));
            bytes = bytes[count..];
        }

        // Not returned after an exception: the stream may still be reading it.
        ArrayPool<byte>.Shared.Return(transfer);
    }
}
