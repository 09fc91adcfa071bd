namespace Plugins.Pdk;

/// <summary>The reason for a capability's failure.</summary>
public enum HostCallReason
{
    /// <summary>A status that this version does not know.</summary>
    Other,

    /// <summary>The permission was not granted, or does not cover this request.</summary>
    Denied,

    /// <summary>The capability failed with a message for the plugin.</summary>
    Failed,

    /// <summary>The request or the result is over a limit, or the result over the room given for it.</summary>
    TooLarge,

    /// <summary>The key or item does not exist.</summary>
    NotFound,
}
