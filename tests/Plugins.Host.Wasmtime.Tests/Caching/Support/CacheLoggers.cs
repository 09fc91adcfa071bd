using Microsoft.Extensions.Logging;

namespace Plugins.Host.Wasmtime.Tests.Caching.Support;

/// <summary>Keeps the ids of what the cache logs.</summary>
internal sealed class CacheLoggers : ILoggerFactory, ILogger
{
    public const int Refused = 1700;
    public const int Used = 1705;

    private readonly List<int> _ids = [];

    public IReadOnlyList<int> Ids => _ids;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => _ids.Add(eventId.Id);
}
