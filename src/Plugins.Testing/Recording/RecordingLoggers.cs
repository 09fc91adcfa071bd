using Microsoft.Extensions.Logging;

namespace Plugins.Testing.Recording;

/// <summary>Takes what guests log, and the host's notes about them.</summary>
internal sealed class RecordingLoggers(Recorder recorder) : ILoggerFactory
{
    private const string GuestPrefix = "Plugins.Guest.";

    public void AddProvider(ILoggerProvider provider)
    {
        // Only the recorder listens.
    }

    public ILogger CreateLogger(string categoryName) =>
        new RecordingLogger(recorder, categoryName.StartsWith(GuestPrefix, StringComparison.Ordinal));

    public void Dispose()
    {
        // Nothing is held.
    }
}
