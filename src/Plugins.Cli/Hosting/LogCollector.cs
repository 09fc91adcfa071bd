using Microsoft.Extensions.Logging;

namespace Plugins.Cli.Hosting;

/// <summary>Keeps what guests log, and hands on the host's notes about them.</summary>
/// <remarks>Safe for use by many threads. Bounded by the limits on log entries of the calls.</remarks>
internal sealed class LogCollector : ILoggerFactory
{
    private const string GuestPrefix = "Plugins.Guest.";
    private const int GuestEntryEvent = 1300;
    private const int MaximumEntries = 10_000;

    // Loaded, and loaded without a signature: who runs the command knows. A call that failed, the command tells itself.
    private static readonly int[] Expected = [1000, 1100, 1302];

    private readonly Lock _lock = new();
    private readonly List<GuestEntry> _entries = [];
    private readonly List<string> _notes = [];

    internal IReadOnlyList<GuestEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>What the host had to say: denied permissions, failed capabilities, dropped entries.</summary>
    internal IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
            {
                return [.. _notes.Distinct(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>A remark of this command itself.</summary>
    internal void AddNote(string note)
    {
        lock (_lock)
        {
            _notes.Add(note);
        }
    }

    public void AddProvider(ILoggerProvider provider)
    {
        // Only this collector listens.
    }

    public ILogger CreateLogger(string categoryName) =>
        new CollectingLogger(this, categoryName.StartsWith(GuestPrefix, StringComparison.Ordinal));

    public void Dispose()
    {
        // Nothing is held.
    }

    internal void Add(bool isGuest, LogLevel level, EventId id, string message, string? guestText)
    {
        lock (_lock)
        {
            if (isGuest && id.Id == GuestEntryEvent && _entries.Count < MaximumEntries)
            {
                _entries.Add(new GuestEntry(level, guestText ?? message));
            }
            else if (!isGuest && !Expected.Contains(id.Id) && _notes.Count < MaximumEntries)
            {
                _notes.Add(message);
            }
        }
    }
}
