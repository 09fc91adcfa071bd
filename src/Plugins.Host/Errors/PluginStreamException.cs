namespace Plugins.Host.Errors;

/// <summary>The application's stream or writer failed during the call; the guest is not at fault.</summary>
/// <remarks>Immutable. What the stream threw is the inner exception.</remarks>
public sealed class PluginStreamException : PluginException
{
    internal PluginStreamException(PluginErrorCode code, in FailureSite site, Exception inner)
        : base(
            code,
            site,
            code == PluginErrorCode.InputStream
                ? "the source of the input failed."
                : "the sink of the output failed.",
            inner)
    {
    }
}
