using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>The operator's log; entries beyond the call's limit are counted and dropped.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class Log
{
    /// <summary>Writes an entry.</summary>
    /// <param name="level">How much it matters; an unknown level means the nearest.</param>
    /// <param name="text">What happened.</param>
    public static void Write(LogLevel level, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        PluginRuntime.Current.Log((int)level, Utf8Text.Encode(text));
    }

    /// <summary>Writes an entry of <see cref="LogLevel.Trace"/>.</summary>
    public static void Trace(string text) => Write(LogLevel.Trace, text);

    /// <summary>Writes an entry of <see cref="LogLevel.Debug"/>.</summary>
    public static void Debug(string text) => Write(LogLevel.Debug, text);

    /// <summary>Writes an entry of <see cref="LogLevel.Information"/>.</summary>
    public static void Information(string text) => Write(LogLevel.Information, text);

    /// <summary>Writes an entry of <see cref="LogLevel.Warning"/>.</summary>
    public static void Warning(string text) => Write(LogLevel.Warning, text);

    /// <summary>Writes an entry of <see cref="LogLevel.Error"/>.</summary>
    public static void Error(string text) => Write(LogLevel.Error, text);

    /// <summary>Writes an entry of <see cref="LogLevel.Critical"/>.</summary>
    public static void Critical(string text) => Write(LogLevel.Critical, text);
}
