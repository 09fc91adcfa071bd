using Microsoft.Extensions.Logging;

namespace Plugins.Host.Tests.Foreign;

/// <summary>Loggers that do not return until a test lets them.</summary>
internal sealed class BlockingLoggers : ILoggerFactory, ILogger
{
    private readonly TaskCompletionSource _goOn = new();

    internal bool Blocks { get; set; }

    internal TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void GoOn() => _goOn.TrySetResult();

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (Blocks)
        {
            Entered.TrySetResult();
            _goOn.Task.Wait();
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose() => GoOn();
}
