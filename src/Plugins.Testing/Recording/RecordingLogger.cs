using Microsoft.Extensions.Logging;

namespace Plugins.Testing.Recording;

/// <summary>A logger of one category.</summary>
internal sealed class RecordingLogger(Recorder recorder, bool isGuest) : ILogger
{
    private const int GuestEntryEvent = 1300;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!isGuest)
        {
            recorder.AddNote(formatter(state, exception));
        }
        else if (eventId.Id == GuestEntryEvent)
        {
            recorder.AddLog(logLevel, MessageIn(state) ?? formatter(state, exception));
        }
    }

    // The guest's own text, without the id of the call that the formatted message ends with.
    private static string? MessageIn<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? values.FirstOrDefault(value => value.Key == "Message").Value as string
        : null;
}
