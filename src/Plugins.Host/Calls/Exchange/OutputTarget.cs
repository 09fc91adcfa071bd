using System.Buffers;
using Plugins.Host.Errors;

namespace Plugins.Host.Calls.Exchange;

/// <summary>The output of one call within its limit: collected, passed on to a stream, or dropped.</summary>
internal sealed class OutputTarget
{
    private readonly OutputBuffer _buffer = new();
    private readonly OutputSink _sink = new();
    private OutputDestination _destination;
    private long _limit;
    private long _written;

    /// <summary>
    /// Collects. With <paramref name="isHandedOut"/>, the buffer itself becomes the result, if it fits.
    /// </summary>
    internal void Begin(long limit, bool isHandedOut)
    {
        Begin(OutputDestination.Buffer, Math.Min(limit, Array.MaxLength));
        _buffer.Begin(isHandedOut);
    }

    internal void Begin(long limit, Stream stream, bool isAsync)
    {
        Begin(OutputDestination.Stream, limit);
        _sink.Begin(stream, isAsync);
    }

    /// <summary>Counts and forgets what is written: the output of an initialisation.</summary>
    internal void BeginDropping(long limit) => Begin(OutputDestination.Nowhere, limit);

    internal void End()
    {
        _sink.End();
        _buffer.End();
        _destination = OutputDestination.Nowhere;
    }

    internal void Write(ReadOnlySpan<byte> bytes, CallState call)
    {
        _written += bytes.Length;
        if (_written > _limit)
        {
            throw new PluginLimitException(PluginErrorCode.OutputLimit, call.Site(), _limit, _written);
        }

        if (_destination != OutputDestination.Nowhere)
        {
            call.Tape?.AddOutput(bytes);
        }

        switch (_destination)
        {
            case OutputDestination.Stream:
                _sink.Write(bytes, call);
                break;
            case OutputDestination.Buffer:
                _buffer.Append(bytes, _limit);
                break;
        }
    }

    /// <summary>The whole output, to be kept by the caller.</summary>
    internal ReadOnlyMemory<byte> Take() => _buffer.Take();

    /// <summary>Copies the whole output to the caller's writer.</summary>
    internal void CopyTo(IBufferWriter<byte> writer, CallState call)
    {
        call.LeaveUncounted();
        try
        {
            writer.Write(_buffer.Written);
        }
        catch (Exception exception)
        {
            call.ReturnUncounted();
            throw new PluginStreamException(PluginErrorCode.OutputStream, call.Site(), exception);
        }

        call.ReturnUncounted();
    }

    private void Begin(OutputDestination destination, long limit)
    {
        _destination = destination;
        _limit = limit;
        _written = 0;
    }
}
