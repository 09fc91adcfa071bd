namespace Plugins.Host.Capabilities;

/// <summary>Thrown by a host function to fail with a message that the guest may read.</summary>
/// <remarks>
/// The message crosses the boundary to code you do not trust: no paths, names or secrets. Any other exception reaches
/// the guest as a generic text. Immutable.
/// </remarks>
public sealed class GuestVisibleException : Exception
{
    /// <summary>Fails the capability with a message for the guest.</summary>
    /// <param name="message">Text that the guest may read.</param>
    public GuestVisibleException(string message)
        : base(message)
    {
    }
}
