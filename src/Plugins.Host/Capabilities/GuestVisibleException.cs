using Plugins.Manifest.Text;

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
        : base(VisibleText.Escape(message, VisibleText.MaximumMessageLength)) => GuestMessage = message;

    /// <summary>The message that the guest reads, unchanged.</summary>
    /// <remarks><see cref="Exception.Message"/> is the same for logs: cut and made harmless.</remarks>
    public string GuestMessage { get; }

    /// <summary>Type, message, causes and stacks, as <see cref="VisibleText.Describe"/> shows them.</summary>
    /// <returns>At most <see cref="VisibleText.MaximumDescriptionLength"/> UTF-16 units.</returns>
    public override string ToString() => VisibleText.Describe(this);
}
