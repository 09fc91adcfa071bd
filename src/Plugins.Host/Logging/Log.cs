using Microsoft.Extensions.Logging;

namespace Plugins.Host.Logging;

/// <summary>Everything the host writes to logs; ids are stable. docs/host.md lists them.</summary>
internal static partial class Log
{
    internal const string HostCategory = "Plugins.Host";
    internal const string GuestCategoryPrefix = "Plugins.Guest.";

    [LoggerMessage(1000, LogLevel.Information, "Loaded plugin {Plugin} {Version} signed by {Signers}.")]
    internal static partial void Loaded(ILogger logger, string plugin, string version, string signers);

    [LoggerMessage(
        1100,
        LogLevel.Warning,
        "Loaded plugin {Plugin} {Version} WITHOUT A SIGNATURE: nobody vouches for its code or its permissions. "
        + "Do this on a developer's machine only.")]
    internal static partial void LoadedUnsigned(ILogger logger, string plugin, string version);

    [LoggerMessage(EventId = 1300, EventName = "GuestEntry", Message = "{Message} [{CallId}]")]
    internal static partial void GuestEntry(ILogger logger, LogLevel level, string message, string callId);

    [LoggerMessage(
        1301,
        LogLevel.Warning,
        "Plugin {Plugin}, function {Function}, call {CallId}: {Count} log entries were dropped.")]
    internal static partial void EntriesDropped(
        ILogger logger, string plugin, string? function, string callId, long count);

    [LoggerMessage(
        1310,
        LogLevel.Error,
        "Plugin {Plugin}, function {Function}, call {CallId}: the capability {Capability} failed. "
        + "The guest was told so without the reason.")]
    internal static partial void CapabilityFailed(
        ILogger logger, Exception exception, string plugin, string? function, string callId, string capability);

    [LoggerMessage(
        1500,
        LogLevel.Information,
        "Plugin {Plugin} runs without the optional permission {Permission}: {Decision}.")]
    internal static partial void OptionalPermissionMissing(
        ILogger logger, string plugin, string permission, string decision);
}
