using Plugins.Host.Limits;

namespace Plugins.Host.Recording;

/// <summary>The limits that a guest can notice, besides fuel.</summary>
internal sealed record RecordedLimits
{
    public required long MemoryPages { get; init; }

    public required long TableElements { get; init; }

    public required long StackBytes { get; init; }

    public required long CallDepth { get; init; }

    public required long InputBytes { get; init; }

    public required long OutputBytes { get; init; }

    public required long StreamedInputBytes { get; init; }

    public required long StreamedOutputBytes { get; init; }

    public required long ErrorBytes { get; init; }

    public required long CapabilityRequestBytes { get; init; }

    public required long CapabilityResultBytes { get; init; }

    public required long HostCalls { get; init; }

    internal static RecordedLimits Of(PluginLimits limits) => new()
    {
        MemoryPages = limits.MemoryPages,
        TableElements = limits.TableElements,
        StackBytes = limits.StackBytes,
        CallDepth = limits.CallDepth,
        InputBytes = limits.InputBytes,
        OutputBytes = limits.OutputBytes,
        StreamedInputBytes = limits.StreamedInputBytes,
        StreamedOutputBytes = limits.StreamedOutputBytes,
        ErrorBytes = limits.ErrorBytes,
        CapabilityRequestBytes = limits.CapabilityRequestBytes,
        CapabilityResultBytes = limits.CapabilityResultBytes,
        HostCalls = limits.HostCalls,
    };

    internal PluginLimits Apply(PluginLimits limits) => limits with
    {
        MemoryPages = Clamp(MemoryPages),
        TableElements = Clamp(TableElements),
        StackBytes = Clamp(StackBytes),
        CallDepth = Clamp(CallDepth),
        InputBytes = InputBytes,
        OutputBytes = OutputBytes,
        StreamedInputBytes = StreamedInputBytes,
        StreamedOutputBytes = StreamedOutputBytes,
        ErrorBytes = Clamp(ErrorBytes),
        CapabilityRequestBytes = Clamp(CapabilityRequestBytes),
        CapabilityResultBytes = Clamp(CapabilityResultBytes),
        HostCalls = Clamp(HostCalls),
    };

    private static int Clamp(long value) => (int)Math.Min(value, int.MaxValue);

    /// <summary>The names and values, in the order of the format.</summary>
    internal (string Name, long Value)[] Entries() =>
    [
        (nameof(MemoryPages), MemoryPages),
        (nameof(TableElements), TableElements),
        (nameof(StackBytes), StackBytes),
        (nameof(CallDepth), CallDepth),
        (nameof(InputBytes), InputBytes),
        (nameof(OutputBytes), OutputBytes),
        (nameof(StreamedInputBytes), StreamedInputBytes),
        (nameof(StreamedOutputBytes), StreamedOutputBytes),
        (nameof(ErrorBytes), ErrorBytes),
        (nameof(CapabilityRequestBytes), CapabilityRequestBytes),
        (nameof(CapabilityResultBytes), CapabilityResultBytes),
        (nameof(HostCalls), HostCalls),
    ];
}
