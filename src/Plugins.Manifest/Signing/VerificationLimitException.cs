namespace Plugins.Manifest.Signing;

/// <summary>Identifying the signer would take more signature checks than allowed per load.</summary>
/// <remarks>Happens when a file does not name its keys and the policy has many. Immutable once thrown.</remarks>
public sealed class VerificationLimitException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="limit">The most checks per load.</param>
    public VerificationLimitException(int limit)
        : base(ManifestErrorCode.VerificationLimit, $"No answer after {limit} signature checks; name the signing keys.")
    {
        Limit = limit;
    }

    /// <summary>The most signature checks per load.</summary>
    public int Limit { get; }
}
