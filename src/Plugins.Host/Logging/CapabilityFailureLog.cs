using Microsoft.Extensions.Logging;
using Plugins.Host.Calls;
using Plugins.Host.Capabilities.Http;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Logging;

/// <summary>Tells the operator of capabilities that failed, in a bounded amount of text for each call.</summary>
/// <remarks>
/// A guest chooses how often a capability fails, and with what words: requests reach exceptions. So the first failures
/// of each capability are logged, within the plugin's limit on log bytes, and the others are counted and told once.
/// </remarks>
internal sealed class CapabilityFailureLog
{
    private const int LoggedForEach = 3;

    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private long _length;
    private long _notLogged;

    /// <summary>True if there is something that <see cref="Report"/> tells.</summary>
    internal bool HasUnreported => _notLogged > 0;

    internal void Begin()
    {
        if (_failures.Count > 0 || _notLogged > 0)
        {
            _failures.Clear();
            _length = 0;
            _notLogged = 0;
        }
    }

    internal void Add(CallState call, string capability, Exception exception)
    {
        if (TryCount(call, capability, LogLevel.Error))
        {
            var logged = new LoggedException(exception);
            _length += logged.Length;
            Log.CapabilityFailed(call, capability, logged);
        }
    }

    /// <summary>A request that was refused, or failed for a reason that is no fault of the host.</summary>
    internal void Add(CallState call, HttpSendException failure)
    {
        var isDenied = failure.Kind is HttpFailureKind.OutOfScope or HttpFailureKind.AddressDenied;
        if (TryCount(call, PermissionNames.HttpSend, isDenied ? LogLevel.Warning : LogLevel.Information))
        {
            _length += failure.Message.Length;
            Log.HttpFailed(call, failure, isDenied);
        }
    }

    /// <summary>At the end of a call: how many there were besides.</summary>
    internal void Report(CallState call)
    {
        if (_notLogged > 0)
        {
            Log.FailuresNotLogged(call, _notLogged);
        }
    }

    private bool TryCount(CallState call, string capability, LogLevel level)
    {
        if (!call.Definition.Environment.Logger.IsEnabled(level))
        {
            return false;
        }

        var before = _failures.GetValueOrDefault(capability);
        if (before >= LoggedForEach || _length > call.Limits.LogBytes)
        {
            _notLogged++;
            return false;
        }

        _failures[capability] = before + 1;
        return true;
    }
}
