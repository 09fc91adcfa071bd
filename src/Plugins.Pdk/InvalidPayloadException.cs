namespace Plugins.Pdk;

/// <summary>The input is not JSON of the type that the function takes.</summary>
public sealed class InvalidPayloadException : PluginFailureException
{
    internal InvalidPayloadException(Type payloadType, string reason, Exception? innerException = null)
        : base($"the input cannot be read: {reason}", innerException) => PayloadType = payloadType;

    /// <summary>The type that the function takes.</summary>
    public Type PayloadType { get; }
}
