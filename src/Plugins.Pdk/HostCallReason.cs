namespace Plugins.Pdk;

/// <summary>Why a capability did not succeed.</summary>
public enum HostCallReason
{
    /// <summary>A status that this version does not know.</summary>
    Other,

    /// <summary>The permission was not granted, or does not cover this request.</summary>
    Denied,

    /// <summary>It failed with a message meant for the plugin.</summary>
    Failed,

    /// <summary>The request or the result is over a limit, or the result over the room given for it.</summary>
    TooLarge,

    /// <summary>No such key or item.</summary>
    NotFound,
}
