using System.Diagnostics.CodeAnalysis;
using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>Operations on the whole call.</summary>
/// <remarks>Safe for use by many threads, each with its own runtime.</remarks>
public static class Plugin
{
    /// <summary>Writes an error message and traps, for states that must not occur.</summary>
    /// <remarks>
    /// Nothing of the plugin runs after it, no <c>finally</c> either, and a session ends. For what a caller may see,
    /// throw a <see cref="PluginException"/>.
    /// </remarks>
    /// <param name="text">What went wrong.</param>
    [DoesNotReturn]
    public static void Fatal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        PluginRuntime runtime = PluginRuntime.Current;
        runtime.ErrorWrite(Utf8Text.Encode(text));
        runtime.Trap();
    }
}
