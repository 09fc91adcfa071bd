using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Signing;

/// <summary>Finds the keys of a policy that signed, in a bounded number of attempts.</summary>
internal sealed class SignatureCheck
{
    /// <summary>Most signature checks per load; each costs a fraction of a millisecond.</summary>
    public const int MaxVerifications = 32;

    private readonly TrustPolicy _policy;
    private readonly SignatureFile _file;
    private readonly byte[] _signed;
    private readonly List<TrustedKey> _signers = [];
    private readonly List<SignatureEntry> _open = [];
    private TrustedKey? _failed;
    private int _verifications;

    private SignatureCheck(SignatureFile file, TrustPolicy policy)
    {
        _policy = policy;
        _file = file;
        _signed = PreAuthenticationEncoding.Encode(SignatureFile.PayloadType, file.Payload);
    }

    /// <summary>The keys that signed, at least one, each once.</summary>
    public IReadOnlyList<TrustedKey> Signers => _signers;

    /// <summary>True if more attempts might have found more signers.</summary>
    public bool IsExhausted { get; private set; }

    public int Verifications => _verifications;

    public static SignatureCheck Run(SignatureFile file, TrustPolicy policy)
    {
        var check = new SignatureCheck(file, policy);
        check.TryNamedKeys();
        check.TryOtherKeys();
        return check._signers.Count > 0 ? check : throw check.Failure();
    }

    // Hints come first because they are mostly right, and prove nothing either way.
    private void TryNamedKeys()
    {
        foreach (var signature in _file.Signatures)
        {
            var named = _policy.FindByHint(signature.KeyHint);
            if (named is null || !Verifies(signature, named))
            {
                _failed ??= named;
                _open.Add(signature);
            }
        }
    }

    private void TryOtherKeys()
    {
        foreach (var signature in _open)
        {
            var named = _policy.FindByHint(signature.KeyHint);
            foreach (var key in _policy.Keys)
            {
                if (IsExhausted || (key != named && !_signers.Contains(key) && Verifies(signature, key)))
                {
                    break;
                }
            }
        }
    }

    private bool Verifies(SignatureEntry signature, TrustedKey key)
    {
        if (_verifications == MaxVerifications)
        {
            IsExhausted = true;
            return false;
        }

        _verifications++;
        var verified = key.Verify(_signed, signature.Bytes);

        // A key counts once, however often it signed.
        if (verified && !_signers.Contains(key))
        {
            _signers.Add(key);
        }

        return verified;
    }

    private ManifestException Failure()
    {
        if (_failed is not null)
        {
            return new BadSignatureException(_failed);
        }

        var hints = _file.Signatures.Select(signature => signature.KeyHint).OfType<string>();
        return IsExhausted
            ? new VerificationLimitException(MaxVerifications)
            : new UnknownKeyException([.. hints]);
    }
}
