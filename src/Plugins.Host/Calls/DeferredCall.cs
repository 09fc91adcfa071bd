using System.Buffers;

namespace Plugins.Host.Calls;

/// <summary>A call that will run later or on another thread.</summary>
internal sealed record DeferredCall(string Function, ReadOnlyMemory<byte> Input, PluginCallOptions? Options)
{
    internal Stream? Source { get; init; }

    internal IBufferWriter<byte>? Writer { get; init; }

    internal Stream? Sink { get; init; }

    /// <summary>True if its caller wants it on its own thread, and nothing but the guest could hold that up.</summary>
    internal bool Stays(PluginDefinition definition, PluginCallOptions? defaults) =>
        (Options ?? defaults)?.PrefersCallingThread == true && definition.Capabilities.IsEmpty;

    internal CallRequest ToRequest(CancellationToken cancellation, PendingCall? caller = null) => new()
    {
        Caller = caller,
        Function = Function,
        Input = Input.Span,
        Source = Source,
        Writer = Writer,
        Sink = Sink,
        IsAsync = true,
        Options = Options,
        Cancellation = cancellation,
    };
}
