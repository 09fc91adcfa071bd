using Microsoft.Extensions.Logging;
using Plugins.Host.Errors;

namespace Plugins.Host.Logging;

internal static partial class Log
{
    [LoggerMessage(
        EventId = 1000,
        EventName = nameof(Loaded),
        Level = LogLevel.Information,
        Message = "Loaded plugin {Plugin} {Version} signed by {Signers}: compiled by the engine {Engine} in "
            + "{CompilationMilliseconds} ms, initialised in {InitializationMilliseconds} ms.")]
    private static partial void WriteLoaded(
        ILogger logger,
        string plugin,
        string version,
        string signers,
        string engine,
        double compilationMilliseconds,
        double initializationMilliseconds);

    [LoggerMessage(
        EventId = 1100,
        EventName = "LoadedUnsigned",
        Level = LogLevel.Warning,
        Message = "Loaded plugin {Plugin} {Version} WITHOUT A SIGNATURE: nobody vouches for its code or its "
            + "permissions. Do this on a developer's machine only. Compiled by the engine {Engine} in "
            + "{CompilationMilliseconds} ms, initialised in {InitializationMilliseconds} ms.")]
    private static partial void WriteLoadedUnsigned(
        ILogger logger,
        string plugin,
        string version,
        string engine,
        double compilationMilliseconds,
        double initializationMilliseconds);

    [LoggerMessage(
        EventId = 1101,
        EventName = nameof(SettingsForAnyPlugin),
        Level = LogLevel.Warning,
        Message = "Plugin {Plugin} is given {Count} settings, and nothing says that they are meant for it: another "
            + "plugin put into its place would have got them. Set PluginLoadOptions.ExpectedId.")]
    private static partial void WriteSettingsForAnyPlugin(ILogger logger, string plugin, int count);

    [LoggerMessage(EventId = 1300, EventName = nameof(GuestEntry), Message = "{Message} [{CallId}]")]
    private static partial void WriteGuestEntry(ILogger logger, LogLevel level, string message, string callId);

    [LoggerMessage(
        EventId = 1301,
        EventName = nameof(EntriesDropped),
        Level = LogLevel.Warning,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: {Count} log entries were dropped.")]
    private static partial void WriteEntriesDropped(
        ILogger logger, string plugin, string? function, string callId, long count);

    [LoggerMessage(
        EventId = 1302,
        EventName = nameof(CallFailed),
        Message = "Plugin {Plugin} {Version}, call {CallId} failed with {Code}. {Reason}")]
    private static partial void WriteCallFailed(
        ILogger logger,
        LogLevel level,
        string plugin,
        string version,
        string callId,
        PluginErrorCode code,
        string reason);

    [LoggerMessage(
        EventId = 1310,
        EventName = nameof(CapabilityFailed),
        Level = LogLevel.Error,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: the capability {Capability} failed with "
            + "{ExceptionType}. The guest was told so without the reason.")]
    private static partial void WriteCapabilityFailed(
        ILogger logger,
        Exception exception,
        string plugin,
        string? function,
        string callId,
        string capability,
        string exceptionType);

    [LoggerMessage(
        EventId = 1311,
        EventName = nameof(FailuresNotLogged),
        Level = LogLevel.Error,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: {Count} further failures of capabilities were "
            + "not logged one by one.")]
    private static partial void WriteFailuresNotLogged(
        ILogger logger, string plugin, string? function, string callId, long count);

    [LoggerMessage(
        EventId = 1320,
        EventName = nameof(ServicesNotDisposed),
        Level = LogLevel.Error,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: disposing the services of the call failed with "
            + "{ExceptionType}.")]
    private static partial void WriteServicesNotDisposed(
        ILogger logger, Exception exception, string plugin, string? function, string callId, string exceptionType);

    [LoggerMessage(
        EventId = 1321,
        EventName = nameof(ServicesInDisposal),
        Level = LogLevel.Warning,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: the call's time was over before its services "
            + "were disposed.")]
    private static partial void WriteServicesInDisposal(
        ILogger logger, string plugin, string? function, string callId);

    [LoggerMessage(
        EventId = 1330,
        EventName = "HttpDenied",
        Level = LogLevel.Warning,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: a request to {Origin} was denied: {Reason}.")]
    private static partial void WriteHttpDenied(
        ILogger logger, string plugin, string? function, string callId, string origin, string reason);

    [LoggerMessage(
        EventId = 1331,
        EventName = nameof(HttpFailed),
        Level = LogLevel.Information,
        Message = "Plugin {Plugin}, function {Function}, call {CallId}: a request to {Origin} failed with {Kind}: "
            + "{Reason}.")]
    private static partial void WriteHttpFailed(
        ILogger logger, string plugin, string? function, string callId, string origin, string kind, string reason);

    [LoggerMessage(
        EventId = 1500,
        EventName = "OptionalPermissionMissing",
        Level = LogLevel.Information,
        Message = "Plugin {Plugin} runs without the optional permission {Permission}: {Reason}.")]
    private static partial void WriteOptionalPermissionMissing(
        ILogger logger, string plugin, string permission, string reason);
}
