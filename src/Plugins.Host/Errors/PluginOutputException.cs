namespace Plugins.Host.Errors;

/// <summary>The guest's output is not the text, or not a value of the type, that the application asked for.</summary>
/// <remarks>Immutable. The decoder's exception is the inner exception.</remarks>
public sealed class PluginOutputException : PluginException
{
    internal PluginOutputException(in FailureSite site, string expected, Exception inner)
        : base(PluginErrorCode.OutputFormat, site, $"the output is not {expected}.", inner)
    {
    }
}
