using Microsoft.Extensions.Logging;

namespace Plugins.Host.Tests.Support;

/// <summary>Keeps every log entry of a host.</summary>
internal sealed class RecordingLoggers : ILoggerFactory
{
    private readonly List<LogEntry> _entries = [];

    internal IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    internal IEnumerable<LogEntry> Guest => Entries.Where(entry => entry.Category == "Plugins.Guest.acme/test");

    public ILogger CreateLogger(string categoryName) => new Recorder(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Recorder(RecordingLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (owner._entries)
            {
                owner._entries.Add(
                    new LogEntry(category, logLevel, eventId.Id, formatter(state, exception), exception));
            }
        }
    }
}
