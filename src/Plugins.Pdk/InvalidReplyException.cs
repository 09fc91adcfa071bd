namespace Plugins.Pdk;

/// <summary>A capability's answer cannot be read.</summary>
public sealed class InvalidReplyException : PluginFailureException
{
    internal InvalidReplyException(string capability, Exception? innerException = null)
        : base($"{capability} gave an answer that cannot be read", innerException) => Capability = capability;

    /// <summary>The name of the capability.</summary>
    public string Capability { get; }
}
