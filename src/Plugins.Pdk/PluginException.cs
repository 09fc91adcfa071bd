namespace Plugins.Pdk;

/// <summary>A failure of the call, with a message and an optional code.</summary>
public sealed class PluginException : PluginFailureException
{
    /// <summary>Makes a failure with code 1.</summary>
    /// <param name="message">The text that the caller sees.</param>
    public PluginException(string message)
        : this(1, message)
    {
    }

    /// <summary>Makes a failure.</summary>
    /// <param name="code">The code that the caller sees; 0 is reported as 1.</param>
    /// <param name="message">The text that the caller sees.</param>
    /// <param name="innerException">What led to it; the caller does not see it.</param>
    public PluginException(int code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <inheritdoc/>
    public override int Code { get; }
}
