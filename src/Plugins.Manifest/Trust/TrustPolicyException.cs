namespace Plugins.Manifest.Trust;

/// <summary>A trust policy is faulty; all its faults are listed.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class TrustPolicyException : ManifestException
{
    /// <summary>Composes the message from the faults.</summary>
    /// <param name="faults">At least one fault.</param>
    /// <param name="inner">The fault of the document, if it could not be read at all.</param>
    public TrustPolicyException(IReadOnlyList<TrustPolicyFault> faults, ManifestFormatException? inner = null)
        : base(ManifestErrorCode.InvalidTrustPolicy, Compose(faults), inner)
    {
        Faults = faults;
    }

    /// <summary>All faults, in the order of the entries.</summary>
    public IReadOnlyList<TrustPolicyFault> Faults { get; }

    private static string Compose(IReadOnlyList<TrustPolicyFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        return "The trust policy is faulty. " + string.Join(" ", faults.Select(fault => $"{fault}."));
    }
}
