
namespace Plugins.Host.Calls.Exchange;

/// <summary>The place that output goes to.</summary>
internal enum OutputDestination
{
    /// <summary>It is counted and forgotten.</summary>
    Nowhere,

    /// <summary>It is collected until the call succeeds.</summary>
    Buffer,

    /// <summary>It is passed on as it comes.</summary>
    Stream,
}
