namespace Plugins.Host.Capabilities;

/// <summary>The status that a capability returns to a guest; the numbers are those of the guest ABI.</summary>
public enum CapabilityStatus
{
    /// <summary>It succeeded; the guest may read the result.</summary>
    Success = 0,

    /// <summary>The guest may not do this; it gets no result.</summary>
    Denied = -1,

    /// <summary>It failed; what was written as the result is the message the guest may read.</summary>
    Failed = -2,

    /// <summary>The request or the result is over its limit; the guest gets no result.</summary>
    TooLarge = -3,

    /// <summary>There is no such key or item; the guest gets no result.</summary>
    NotFound = -4,
}
