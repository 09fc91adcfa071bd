namespace Plugins.Pdk;

/// <summary>A call to a capability of the host failed.</summary>
public sealed class HostCallException : PluginFailureException
{
    private HostCallException(string capability, int status, HostCallReason reason, string? hostMessage)
        : base(Compose(capability, reason, hostMessage))
    {
        Capability = capability;
        Status = status;
        Reason = reason;
        HostMessage = hostMessage;
    }

    /// <summary>The name of the capability.</summary>
    public string Capability { get; }

    /// <summary>The reason for the failure.</summary>
    public HostCallReason Reason { get; }

    /// <summary>The status that the host returned; -3 for an answer that does not fit the buffer.</summary>
    public int Status { get; }

    /// <summary>The host's message, for <see cref="HostCallReason.Failed"/>.</summary>
    /// <value>Null for other reasons.</value>
    public string? HostMessage { get; }

    internal static HostCallException Create(string capability, int status, HostReply reply)
    {
        HostCallReason reason = status switch
        {
            -1 => HostCallReason.Denied,
            -2 => HostCallReason.Failed,
            -3 => HostCallReason.TooLarge,
            -4 => HostCallReason.NotFound,
            _ => HostCallReason.Other,
        };
        return new(capability, status, reason, reason == HostCallReason.Failed ? reply.ToLossyText() : null);
    }

    internal static HostCallException TooLarge(string capability) =>
        new(capability, -3, HostCallReason.TooLarge, hostMessage: null);

    // The other guest SDKs say the same.
    private static string Compose(string capability, HostCallReason reason, string? hostMessage) => reason switch
    {
        HostCallReason.Denied => $"{capability} is not permitted",
        HostCallReason.Failed => $"{capability} failed: {hostMessage}",
        HostCallReason.TooLarge => $"{capability}: too large",
        HostCallReason.NotFound => $"{capability}: not found",
        _ => $"{capability} failed",
    };
}
