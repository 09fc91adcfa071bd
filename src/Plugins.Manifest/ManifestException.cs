using Plugins.Manifest.Text;

namespace Plugins.Manifest;

/// <summary>Root of this package's exceptions; the host turns them into its own.</summary>
/// <remarks>
/// Carries data in typed properties, so that there is no need to parse the message. Message and <see cref="ToString"/>
/// are bounded and harmless to terminals and logs; the properties hold foreign text as it is. Immutable once thrown.
/// </remarks>
public abstract class ManifestException : Exception
{
    private protected ManifestException(ManifestErrorCode code, string message, Exception? inner = null)
        : base(VisibleText.Escape(message, VisibleText.MaximumMessageLength), inner)
    {
        Code = code;
    }

    /// <summary>The stable reason, for programs; the message is for people.</summary>
    public ManifestErrorCode Code { get; }

    /// <summary>Type, message, causes and stacks, as <see cref="VisibleText.Describe"/> shows them.</summary>
    /// <returns>At most <see cref="VisibleText.MaximumDescriptionLength"/> UTF-16 units.</returns>
    public sealed override string ToString() => VisibleText.Describe(this);
}
