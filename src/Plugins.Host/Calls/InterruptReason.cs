namespace Plugins.Host.Calls;

/// <summary>The reason the host stopped a call.</summary>
internal enum InterruptReason
{
    None,
    Time,
    Cancellation,
    Disposal,
}
