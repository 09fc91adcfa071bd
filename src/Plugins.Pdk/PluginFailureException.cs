namespace Plugins.Pdk;

/// <summary>Base class of plugin failures, with a code and a message for the caller.</summary>
/// <remarks>Derive from it for failures with codes or data of your own.</remarks>
public abstract class PluginFailureException : Exception
{
    /// <summary>Makes a failure.</summary>
    /// <param name="message">The text that the caller sees.</param>
    /// <param name="innerException">What led to it; the caller does not see it.</param>
    protected PluginFailureException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The code for the caller.</summary>
    /// <value>1 unless overridden; 0 is reported as 1.</value>
    public virtual int Code => 1;
}
