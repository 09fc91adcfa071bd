namespace Plugins.Manifest.Signing;

/// <summary>There is no signature to check.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class UnsignedException : ManifestException
{
    /// <summary>Composes the message.</summary>
    public UnsignedException()
        : base(ManifestErrorCode.Unsigned, "The plugin is not signed.")
    {
    }
}
