using Microsoft.Extensions.Logging;
using Plugins.Host.Catalog.Circuits;
using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Catalog;

/// <summary>The catalog's log messages; ids are stable. docs/host.md lists them.</summary>
internal static partial class CatalogLog
{
    private const int MaximumTextLength = 1024;

    internal static void Replaced(ILogger logger, PluginStatus status, string description)
    {
        var (name, location) = (VisibleText.Name(status.Name), Shorten(status.Location));
        var serving = Describe(status.Version) + (status.Canary is null
            ? string.Empty
            : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $", and for {status.CanaryShare:0.####} of the keys {Describe(status.Canary)}"));
        WriteReplaced(logger, name, description, serving, location);
    }

    internal static void LoadFailed(ILogger logger, PluginStatus status, Exception exception)
    {
        var (name, location) = (VisibleText.Name(status.Name), Shorten(status.Location));
        var reason = Shorten(exception.Message);
        if (status.Version is { } version)
        {
            var serving = Describe(version);
            WriteReloadFailed(logger, name, location, serving, reason);
        }
        else
        {
            WriteLoadFailed(logger, name, location, reason);
        }
    }

    internal static void NotDrained(ILogger logger, string name, PluginManifest manifest, int uses)
    {
        (name, var version) = (VisibleText.Name(name), $"{manifest.Id} {manifest.Version}");
        WriteNotDrained(logger, name, version, uses);
    }

    internal static void Changed(ILogger logger, string name, string description)
    {
        name = VisibleText.Name(name);
        WriteChanged(logger, name, description);
    }

    internal static void CircuitChanged(
        ILogger logger, string name, PluginManifest manifest, PluginCircuitState state)
    {
        (name, var version) = (VisibleText.Name(name), $"{manifest.Id} {manifest.Version}");
        if (state == PluginCircuitState.Open)
        {
            WriteCircuitOpened(logger, name, version);
        }
        else
        {
            var whether = state == PluginCircuitState.Closed ? "is called again" : "is tried again";
            WriteCircuitClosed(logger, name, version, whether);
        }
    }

    internal static void ConfigurationApplied(ILogger logger, string keys)
    {
        keys = Shorten(keys);
        WriteConfigurationApplied(logger, keys);
    }

    internal static void ConfigurationRefused(ILogger logger, string faults)
    {
        faults = Shorten(faults);
        WriteConfigurationRefused(logger, faults);
    }

    internal static void ConfigurationNeedsRestart(ILogger logger, string keys)
    {
        keys = Shorten(keys);
        WriteConfigurationNeedsRestart(logger, keys);
    }

    private static string Describe(PluginVersionStatus? version) =>
        version is null ? "nothing" : $"{version.Id} {version.Version}";

    private static string Shorten(string text) => VisibleText.Escape(text, MaximumTextLength);

    [LoggerMessage(
        EventId = 1001,
        EventName = nameof(Replaced),
        Level = LogLevel.Information,
        Message = "The plugin {Name} was {Change}: its calls go to {Serving}, from {Location}.")]
    private static partial void WriteReplaced(
        ILogger logger, string name, string change, string serving, string location);

    [LoggerMessage(
        EventId = 1002,
        EventName = nameof(LoadFailed),
        Level = LogLevel.Error,
        Message = "The plugin {Name} could not be loaded from {Location}, and cannot be called: {Reason}")]
    private static partial void WriteLoadFailed(ILogger logger, string name, string location, string reason);

    [LoggerMessage(
        EventId = 1003,
        EventName = "ReloadFailed",
        Level = LogLevel.Warning,
        Message = "What is in {Location} was refused for the plugin {Name}, whose calls still go to {Serving}: "
            + "{Reason}")]
    private static partial void WriteReloadFailed(
        ILogger logger, string name, string location, string serving, string reason);

    [LoggerMessage(
        EventId = 1004,
        EventName = nameof(NotDrained),
        Level = LogLevel.Warning,
        Message = "The plugin {Name}: {Version} is disposed although {Count} calls or leases still use it.")]
    private static partial void WriteNotDrained(ILogger logger, string name, string version, int count);

    [LoggerMessage(
        EventId = 1005,
        EventName = nameof(Changed),
        Level = LogLevel.Information,
        Message = "The plugin {Name} was {Change}.")]
    private static partial void WriteChanged(ILogger logger, string name, string change);

    [LoggerMessage(
        EventId = 1006,
        EventName = "CircuitOpened",
        Level = LogLevel.Error,
        Message = "The plugin {Name}: {Version} keeps failing, and its calls are refused for a while.")]
    private static partial void WriteCircuitOpened(ILogger logger, string name, string version);

    [LoggerMessage(
        EventId = 1007,
        EventName = "CircuitClosed",
        Level = LogLevel.Information,
        Message = "The plugin {Name}: {Version} {Whether} after its failures.")]
    private static partial void WriteCircuitClosed(ILogger logger, string name, string version, string whether);

    [LoggerMessage(
        EventId = 1010,
        EventName = nameof(ConfigurationApplied),
        Level = LogLevel.Information,
        Message = "The configuration was changed, and is applied: {Keys}.")]
    private static partial void WriteConfigurationApplied(ILogger logger, string keys);

    [LoggerMessage(
        EventId = 1011,
        EventName = nameof(ConfigurationRefused),
        Level = LogLevel.Error,
        Message = "The configuration was changed, and is refused; what was before still holds: {Faults}")]
    private static partial void WriteConfigurationRefused(ILogger logger, string faults);

    [LoggerMessage(
        EventId = 1012,
        EventName = nameof(ConfigurationNeedsRestart),
        Level = LogLevel.Warning,
        Message = "The configuration was changed where that holds only after a restart: {Keys}.")]
    private static partial void WriteConfigurationNeedsRestart(ILogger logger, string keys);
}
