using System.Buffers;

namespace Plugins.Host.Calls;

/// <summary>
/// One call as the application asked for it: function, input, where the output goes, on whose behalf.
/// </summary>
internal readonly ref struct CallRequest
{
    internal required string Function { get; init; }

    internal ReadOnlySpan<byte> Input { get; init; }

    /// <summary>Gives the input in place of <see cref="Input"/>.</summary>
    internal Stream? Source { get; init; }

    /// <summary>
    /// Takes the output once the call has succeeded; without it and <see cref="Sink"/>, it is handed out.
    /// </summary>
    internal IBufferWriter<byte>? Writer { get; init; }

    /// <summary>Takes the output as it is written.</summary>
    internal Stream? Sink { get; init; }

    /// <summary>True if streams are read and written by their asynchronous methods.</summary>
    internal bool IsAsync { get; init; }

    internal PluginCallOptions? Options { get; init; }

    /// <summary>The waiter for the call, where that is not the calling thread.</summary>
    internal PendingCall? Caller { get; init; }

    internal CancellationToken Cancellation { get; init; }
}
