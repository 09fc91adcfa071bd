using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Plugins.Host.Logging;

/// <summary>The application's logger, which cannot fail what it is told of.</summary>
/// <remarks>
/// A logger is the application's code, and formats exceptions of others: either may throw. That would end a call, and
/// hide how the guest failed. There is no better place to report it to.
/// </remarks>
internal sealed class GuardedLogger : ILogger
{
    private readonly ILogger _inner;

    private GuardedLogger(ILogger inner) => _inner = inner;

    internal static ILogger Create(ILoggerFactory factory, string category)
    {
        try
        {
            return new GuardedLogger(factory.CreateLogger(category));
        }
        catch
        {
            return NullLogger.Instance;
        }
    }

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return _inner.IsEnabled(logLevel);
        }
        catch
        {
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            _inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch
        {
            // See above.
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
