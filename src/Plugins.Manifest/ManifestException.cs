namespace Plugins.Manifest;

/// <summary>Root of everything that this package refuses; the host turns it into its own error.</summary>
/// <remarks>Carries data in typed properties, so that nobody parses the message. Immutable once thrown.</remarks>
public abstract class ManifestException : Exception
{
    private protected ManifestException(ManifestErrorCode code, string message, Exception? inner = null)
        : base(message, inner)
    {
        Code = code;
    }

    /// <summary>The stable reason, for programs; the message is for people.</summary>
    public ManifestErrorCode Code { get; }
}
