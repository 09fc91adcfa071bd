namespace Plugins.Host.Calls;

/// <summary>Why the host stopped a call.</summary>
internal enum InterruptReason
{
    None,
    Time,
    Cancellation,
    Disposal,
}
