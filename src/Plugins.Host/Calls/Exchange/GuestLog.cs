using Microsoft.Extensions.Logging;
using Plugins.Host.Logging;
using Plugins.Manifest.Text;

namespace Plugins.Host.Calls.Exchange;

/// <summary>Passes a guest's log entries on to its own category, within the limits of a call.</summary>
internal sealed class GuestLog
{
    private readonly PluginDefinition _definition;
    private int _entries;
    private int _bytes;

    internal GuestLog(PluginDefinition definition) => _definition = definition;

    /// <summary>Entries of this call that were over a limit.</summary>
    internal long Dropped { get; private set; }

    internal void Begin()
    {
        _entries = 0;
        _bytes = 0;
        Dropped = 0;
    }

    internal void Write(int level, ReadOnlySpan<byte> text, CallState call)
    {
        var limits = _definition.Limits;
        if (_entries >= limits.LogEntries || text.Length > limits.LogBytes - _bytes)
        {
            Dropped++;
            return;
        }

        _entries++;
        _bytes += text.Length;
        var logLevel = (LogLevel)Math.Clamp(level, (int)LogLevel.Trace, (int)LogLevel.Critical);
        var logger = _definition.GuestLogger;
        call.Leave();
        if (logger.IsEnabled(logLevel))
        {
            var message = VisibleText.Decode(text);
            Log.GuestEntry(logger, logLevel, message, call.Context.CallId);
        }

        call.Return();
    }
}
