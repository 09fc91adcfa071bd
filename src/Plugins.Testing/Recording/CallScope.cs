namespace Plugins.Testing.Recording;

/// <summary>What is recorded of one call.</summary>
internal sealed class CallScope(long deadline)
{
    private readonly List<GuestLogEntry> _logs = [];
    private readonly List<RecordedCapabilityCall> _calls = [];
    private readonly Lock _lock = new();

    /// <summary>The timestamp after which the call is over time.</summary>
    internal long Deadline { get; } = deadline;

    internal IReadOnlyList<GuestLogEntry> Logs
    {
        get
        {
            lock (_lock)
            {
                return [.. _logs];
            }
        }
    }

    internal IReadOnlyList<CapabilityCall> CapabilityCalls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls.Select(call => call.ToCall())];
            }
        }
    }

    internal void Add(GuestLogEntry entry)
    {
        lock (_lock)
        {
            _logs.Add(entry);
        }
    }

    internal void Add(RecordedCapabilityCall call)
    {
        lock (_lock)
        {
            _calls.Add(call);
        }
    }
}
