namespace Plugins.Host.Errors;

/// <summary>The guest's output is not valid text, or not a value of the expected type.</summary>
/// <remarks>Immutable. The decoder's exception is the inner exception.</remarks>
public sealed class PluginOutputException : PluginException
{
    internal PluginOutputException(in FailureSite site, string expected, Exception inner)
        : base(PluginErrorCode.OutputFormat, site, $"the output is not {expected}.", inner)
    {
    }
}
