using Microsoft.Extensions.Logging;
using Plugins.Host.Calls;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Errors;
using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Logging;

/// <summary>The host's log messages; ids are stable. docs/host.md lists them.</summary>
/// <remarks>Text of others is cut and made harmless here, on its way into the log.</remarks>
internal static partial class Log
{
    internal const string HostCategory = "Plugins.Host";
    internal const string GuestCategoryPrefix = "Plugins.Guest.";

    private const int MaximumTextLength = 1024;

    /// <summary>A plugin is ready to be called: verified, compiled and initialised.</summary>
    internal static void Loaded(PluginDefinition definition, TimeSpan initialization)
    {
        var (manifest, environment) = (definition.Manifest, definition.Environment);
        var (plugin, version) = (manifest.Id.ToString(), manifest.Version.ToString());
        var engine = VisibleText.Name($"{environment.Engine.Name} {environment.Engine.Version}");
        var (compiling, initializing) = (Milliseconds(definition.CompilationDuration), Milliseconds(initialization));
        if (definition.IsSigned)
        {
            var signers = VisibleText.Escape(string.Join(", ", definition.Signers), MaximumTextLength);
            WriteLoaded(environment.Logger, plugin, version, signers, engine, compiling, initializing);
        }
        else
        {
            WriteLoadedUnsigned(environment.Logger, plugin, version, engine, compiling, initializing);
        }

        // Once for each permission, however many imports need it.
        foreach (var binding in definition.Capabilities.DistinctBy(binding => binding.Missing, StringComparer.Ordinal))
        {
            if (binding is { Missing: { } missing, Reason: { } reason })
            {
                missing = VisibleText.Name(missing);
                reason = VisibleText.Escape(reason, MaximumTextLength);
                WriteOptionalPermissionMissing(environment.Logger, plugin, missing, reason);
            }
        }
    }

    internal static void SettingsForAnyPlugin(ILogger logger, PluginId plugin, int count)
    {
        var id = plugin.ToString();
        WriteSettingsForAnyPlugin(logger, id, count);
    }

    /// <summary>The message is harmless already.</summary>
    internal static void GuestEntry(ILogger logger, LogLevel level, string message, string callId)
    {
        callId = VisibleText.Name(callId);
        WriteGuestEntry(logger, level, message, callId);
    }

    internal static void EntriesDropped(CallState call, long count) =>
        WriteEntriesDropped(LoggerOf(call), PluginOf(call), FunctionOf(call), CallIdOf(call), count);

    internal static void CapabilityFailed(CallState call, string capability, LoggedException exception) =>
        WriteCapabilityFailed(
            LoggerOf(call),
            exception,
            PluginOf(call),
            FunctionOf(call),
            CallIdOf(call),
            VisibleText.Name(capability),
            exception.TypeName);

    internal static void FailuresNotLogged(CallState call, long count) =>
        WriteFailuresNotLogged(LoggerOf(call), PluginOf(call), FunctionOf(call), CallIdOf(call), count);

    internal static void HttpFailed(CallState call, HttpSendException failure, bool isDenied)
    {
        var origin = failure.Origin is { } known ? VisibleText.Escape(known, MaximumTextLength) : "(none)";
        var reason = VisibleText.Escape(
            failure.Message.Length == 0 ? failure.Kind.ToString() : failure.Message, MaximumTextLength);
        var (logger, plugin, function, callId) = (LoggerOf(call), PluginOf(call), FunctionOf(call), CallIdOf(call));
        if (isDenied)
        {
            WriteHttpDenied(logger, plugin, function, callId, origin, reason);
        }
        else
        {
            var kind = failure.Kind.ToString();
            WriteHttpFailed(logger, plugin, function, callId, origin, kind, reason);
        }
    }

    internal static void ServicesNotDisposed(
        ILogger logger, string plugin, string? function, string callId, Exception exception)
    {
        callId = VisibleText.Name(callId);
        var logged = new LoggedException(exception);
        WriteServicesNotDisposed(logger, logged, plugin, function, callId, logged.TypeName);
    }

    internal static void ServicesInDisposal(ILogger logger, string plugin, string? function, string callId)
    {
        callId = VisibleText.Name(callId);
        WriteServicesInDisposal(logger, plugin, function, callId);
    }

    /// <summary>The message is harmless and bounded already.</summary>
    internal static void CallFailed(PluginDefinition plugin, PluginException failure, string? callId)
    {
        var level = failure is PluginGuestException ? LogLevel.Information : LogLevel.Warning;
        if (plugin.Environment.Logger.IsEnabled(level))
        {
            callId = VisibleText.Name(callId ?? "none");
            var (code, message) = (failure.Code, failure.Message);
            WriteCallFailed(plugin.Environment.Logger, level, plugin.IdText, plugin.VersionText, callId, code, message);
        }
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);

    private static ILogger LoggerOf(CallState call) => call.Definition.Environment.Logger;

    private static string PluginOf(CallState call) => call.Definition.Manifest.Id.ToString();

    private static string? FunctionOf(CallState call) =>
        call.Function is { } function ? VisibleText.Name(function) : null;

    // The application's, who often has it from a request's header.
    private static string CallIdOf(CallState call) => VisibleText.Name(call.Context.CallId);
}
