using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>The output of the current call, written in order.</summary>
/// <remarks>
/// Safe for use by many threads, each with its own runtime. Each write crosses to the host; for many small pieces use
/// an <see cref="OutputWriter"/>.
/// </remarks>
public static class Output
{
    /// <summary>Appends bytes.</summary>
    public static void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            PluginRuntime.Current.OutputWrite(bytes);
        }
    }

    /// <summary>Appends text as UTF-8.</summary>
    public static void Write(string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            PluginRuntime.Current.OutputWrite(Utf8Text.Encode(text));
        }
    }

    /// <summary>The output as an unbuffered stream.</summary>
    /// <remarks>Need not be disposed.</remarks>
    public static Stream OpenStream() => new OutputStream(PluginRuntime.Current);
}
