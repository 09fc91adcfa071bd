using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Signing;

/// <summary>Decides whether a module and its signature file are a plugin that the trust policy accepts.</summary>
/// <remarks>
/// Immutable and safe for use by many threads; nothing is disposed. Works offline. The cost is bounded: one hash
/// of the module, and at most 16 signatures, 32 signature checks and 256 KiB of manifest.
/// </remarks>
public sealed class ManifestVerifier
{
    private readonly TrustPolicy _policy;
    private readonly TimeProvider _time;
    private readonly ManifestVerificationOptions _options;

    /// <summary>Makes a verifier for a policy.</summary>
    /// <param name="policy">The trusted publishers and their keys.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="options">Audience and clock skew; <see langword="null"/> for the defaults.</param>
    public ManifestVerifier(
        TrustPolicy policy, TimeProvider? timeProvider = null, ManifestVerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy;
        _time = timeProvider ?? TimeProvider.System;
        _options = options ?? new ManifestVerificationOptions();
    }

    /// <summary>Checks signatures, publisher, dates, audience and module, in this order.</summary>
    /// <param name="module">The whole module; the caller compiles these very bytes and lets nobody change them.</param>
    /// <param name="signatureFile">A Sigstore bundle or a bare DSSE envelope; empty when there is none.</param>
    /// <returns>The manifest and who signed it.</returns>
    /// <exception cref="ManifestException">Something is wrong; each cause has its own type or code.</exception>
    public VerifiedManifest Verify(ReadOnlySpan<byte> module, ReadOnlySpan<byte> signatureFile)
    {
        var file = SignatureFile.Read(signatureFile);
        var check = SignatureCheck.Run(file, _policy);

        // Not a byte of the payload was looked at until here, and these are the bytes that were verified.
        var statement = InTotoStatement.Read(file.Payload);
        var manifest = statement.Manifest;
        var now = _time.GetUtcNow();
        var publisher = Authorize(manifest.Id, check, now);
        var expiresAt = RequireTime(manifest, now);
        RequireAudience(manifest);
        RequireModule(statement, module);
        TrustedKey[] signers = [.. check.Signers.Where(key => Counts(key, publisher, now))];
        return new VerifiedManifest(manifest, publisher, signers, file.Payload, expiresAt);
    }

    private static void RequireModule(InTotoStatement statement, ReadOnlySpan<byte> module)
    {
        var expected = statement.Manifest.Module;
        var actual = ManifestModule.Describe(module, expected.Name);
        if (actual != expected || !statement.Subjects.Contains(actual.Sha256))
        {
            throw new ModuleMismatchException(statement.Manifest.Id, expected, actual);
        }
    }

    private TrustedPublisher Authorize(PluginId plugin, SignatureCheck check, DateTimeOffset now)
    {
        try
        {
            return _policy.Authorize(plugin, check.Signers, now, _options.ClockSkew);
        }
        catch (ManifestException) when (check.IsExhausted)
        {
            throw new VerificationLimitException(SignatureCheck.MaxVerifications);
        }
    }

    private bool Counts(TrustedKey key, TrustedPublisher publisher, DateTimeOffset now) =>
        publisher.Keys.Contains(key) && key.RefusalAt(now, _options.ClockSkew) == ManifestErrorCode.None;

    private DateTimeOffset? RequireTime(PluginManifest manifest, DateTimeOffset now)
    {
        if (manifest.IssuedAt - now > _options.ClockSkew)
        {
            throw new ManifestNotYetValidException(manifest.Id, manifest.IssuedAt);
        }

        var byPolicy = manifest.IssuedAt + _policy.MaximumManifestAge;
        var policyIsFirst = manifest.ExpiresAt is null || byPolicy < manifest.ExpiresAt;
        var expiresAt = policyIsFirst ? byPolicy : manifest.ExpiresAt;
        return expiresAt is { } end && now - end >= _options.ClockSkew
            ? throw new ManifestExpiredException(manifest.Id, end, policyIsFirst)
            : expiresAt;
    }

    private void RequireAudience(PluginManifest manifest)
    {
        var meant = manifest.Audience.Intersect(_options.Audience, StringComparer.Ordinal).Any();
        if (manifest.Audience.Count > 0 && !meant)
        {
            throw new WrongAudienceException(manifest.Id, manifest.Audience);
        }
    }
}
