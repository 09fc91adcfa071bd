namespace Plugins.Host.Errors;

/// <summary>The guest's output is not the UTF-8 text or the JSON that the application asked for.</summary>
/// <remarks>Immutable. The decoder's exception is the inner exception.</remarks>
public sealed class PluginOutputException : PluginException
{
    internal PluginOutputException(in FailureSite site, string expected, Exception inner)
        : base(PluginErrorCode.OutputFormat, site, $"the output is not {expected}.", inner)
    {
    }
}
