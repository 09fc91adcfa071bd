using Microsoft.Extensions.Logging;

namespace Plugins.Cli.Hosting;

/// <summary>A logger of one category that gives everything to its collector.</summary>
internal sealed class CollectingLogger(LogCollector collector, bool isGuest) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        collector.Add(isGuest, logLevel, eventId, formatter(state, exception), MessageIn(state));

    // The guest's own text, without the id of the call that the formatted message ends with.
    private static string? MessageIn<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? values.FirstOrDefault(value => value.Key == "Message").Value as string
        : null;
}
