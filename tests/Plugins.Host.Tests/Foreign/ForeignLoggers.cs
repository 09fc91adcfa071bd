using Microsoft.Extensions.Logging;

namespace Plugins.Host.Tests.Foreign;

/// <summary>Formats each entry with its exception, as real loggers do.</summary>
internal sealed class ForeignLoggers(ForeignScene scene) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel)
    {
        scene.At(ForeignPlaces.LoggerEnabled);
        return true;
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        scene.At(ForeignPlaces.LoggerLog);
        _ = formatter(state, exception) + exception;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
