using System.Security.Cryptography;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Signing;

/// <summary>Signs manifests for modules, in the forms that stock tools verify.</summary>
/// <remarks>Keeps nothing, so it is safe for use from several threads as long as each has its own key object.</remarks>
public static class ManifestSigner
{
    /// <summary>Signs with one key into a Sigstore bundle, <see cref="PackageFiles.Bundle"/>.</summary>
    /// <param name="manifest">The manifest, which must describe this module.</param>
    /// <param name="module">The whole module.</param>
    /// <param name="key">A P-256 private key, which stays the caller's.</param>
    /// <returns>The bundle as UTF-8 JSON.</returns>
    /// <exception cref="ManifestFormatException">The manifest breaks the format.</exception>
    /// <exception cref="ModuleMismatchException">The manifest describes another module.</exception>
    /// <exception cref="ArgumentException">The key is not on the curve P-256.</exception>
    public static byte[] Sign(PluginManifest manifest, ReadOnlySpan<byte> module, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var statement = CreateStatement(manifest, module);
        var spki = PublicKeyOf(key);
        var hint = new KeyId(Sha256Digest.Compute(spki)).ToBase64();
        return new SignatureFile(statement, [new SignatureEntry(Sign(statement, key), hint)]).ToBundle();
    }

    /// <summary>Signs with any number of keys into a bare DSSE envelope, <see cref="PackageFiles.Envelope"/>.</summary>
    /// <param name="manifest">The manifest, which must describe this module.</param>
    /// <param name="module">The whole module.</param>
    /// <param name="keys">1 to 16 P-256 private keys, which stay the caller's.</param>
    /// <returns>The envelope as UTF-8 JSON.</returns>
    /// <exception cref="ManifestFormatException">The manifest breaks the format.</exception>
    /// <exception cref="ModuleMismatchException">The manifest describes another module.</exception>
    /// <exception cref="ArgumentException">A key is not on the curve P-256, or there are too few or many.</exception>
    public static byte[] SignEnvelope(
        PluginManifest manifest, ReadOnlySpan<byte> module, params IReadOnlyList<ECDsa> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        RequireCount(keys.Count, nameof(keys));
        var statement = CreateStatement(manifest, module);
        return new SignatureFile(statement, [.. keys.Select(key => CreateEntry(statement, key))]).ToEnvelope();
    }

    /// <summary>Adds a signature to a signed file, so that keys need not be in one place.</summary>
    /// <param name="signatureFile">A bundle or an envelope. Its signatures are kept as they are, unverified.</param>
    /// <param name="key">A P-256 private key, which stays the caller's.</param>
    /// <returns>A bare envelope with the same statement and one signature more.</returns>
    /// <remarks>Signs whatever statement is in the file; verify it first.</remarks>
    /// <exception cref="ManifestException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">The key is not on the curve P-256, or there are 16 signatures.</exception>
    public static byte[] AddSignature(ReadOnlySpan<byte> signatureFile, ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var file = SignatureFile.Read(signatureFile);
        RequireCount(file.Signatures.Count + 1, nameof(signatureFile));

        // A bundle's hint is not a keyid that stock tools take, so it goes.
        var kept = file.Signatures.Select(
            entry => SshFingerprint.IsOne(entry.KeyHint) ? entry : entry with { KeyHint = null });
        return new SignatureFile(file.Payload, [.. kept, CreateEntry(file.Payload, key)]).ToEnvelope();
    }

    private static byte[] CreateStatement(PluginManifest manifest, ReadOnlySpan<byte> module)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var statement = InTotoStatement.Write(manifest);

        // What cannot be read back must not be signed; this is the same reader that verifiers use.
        var read = InTotoStatement.Read(statement).Manifest;
        return read.Module.Matches(module)
            ? statement
            : throw new ModuleMismatchException(
                manifest.Id, manifest.Module, ManifestModule.Describe(module, manifest.Module.Name));
    }

    private static SignatureEntry CreateEntry(byte[] statement, ECDsa key) =>
        new(Sign(statement, key), SshFingerprint.Of(PublicKeyOf(key)));

    private static byte[] Sign(byte[] statement, ECDsa key) =>
        key.SignData(
            PreAuthenticationEncoding.Encode(SignatureFile.PayloadType, statement),
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);

    private static byte[] PublicKeyOf(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var spki = key.ExportSubjectPublicKeyInfo();
        return SubjectPublicKeyInfo.IsP256(spki)
            ? spki
            : throw new ArgumentException("The key is not on the curve P-256.", nameof(key));
    }

    private static void RequireCount(int count, string parameter)
    {
        if (count is 0 or > SignatureFile.MaxSignatures)
        {
            throw new ArgumentException($"There must be 1 to {SignatureFile.MaxSignatures} signatures.", parameter);
        }
    }
}
