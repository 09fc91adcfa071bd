using Microsoft.Extensions.Logging;

namespace Plugins.Testing.Recording;

/// <summary>Keeps what guests do in one test host: log entries and calls of capabilities, in order.</summary>
/// <remarks>Safe for use by many threads. Bounded, so that a test that loops ends by its own limits.</remarks>
internal sealed class Recorder
{
    private const int MaximumEntries = 100_000;

    private readonly AsyncLocal<CallScope?> _scope = new();
    private readonly Lock _lock = new();
    private readonly List<GuestLogEntry> _logs = [];
    private readonly List<string> _notes = [];
    private readonly List<RecordedCapabilityCall> _calls = [];

    /// <summary>The call that runs on this thread, or on whose behalf this thread runs.</summary>
    internal CallScope? Scope
    {
        get => _scope.Value;
        set => _scope.Value = value;
    }

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

    internal IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
            {
                return [.. _notes];
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

    internal RecordedCapabilityCall Begin(string capability, ReadOnlySpan<byte> request)
    {
        lock (_lock)
        {
            var call = new RecordedCapabilityCall(_calls.Count, capability, request.ToArray());
            if (_calls.Count < MaximumEntries)
            {
                _calls.Add(call);
                Scope?.Add(call);
            }

            return call;
        }
    }

    internal void AddLog(LogLevel level, string text)
    {
        var entry = new GuestLogEntry(level, text);
        lock (_lock)
        {
            if (_logs.Count < MaximumEntries)
            {
                _logs.Add(entry);
                Scope?.Add(entry);
            }
        }
    }

    internal void AddNote(string text)
    {
        lock (_lock)
        {
            if (_notes.Count < MaximumEntries)
            {
                _notes.Add(text);
            }
        }
    }
}
