using Plugins.Manifest.Json;

namespace Plugins.Manifest.Signing;

/// <summary>What a bundle or a bare envelope carries: signatures, and a payload nobody may read yet.</summary>
internal sealed partial record SignatureFile(byte[] Payload, IReadOnlyList<SignatureEntry> Signatures)
{
    public const string PayloadType = "application/vnd.in-toto+json";

    public const string BundleMediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>Bounds work: 16 signatures are more than any threshold needs.</summary>
    public const int MaxSignatures = 16;

    // A DER SEQUENCE of two integers of 1 to 33 bytes each.
    private const int MinSignatureLength = 8;
    private const int MaxSignatureLength = 72;
    private const int MaxHintLength = 256;

    private static readonly HashSet<string> _bundleMediaTypes = new(StringComparer.Ordinal)
    {
        BundleMediaType,
        "application/vnd.dev.sigstore.bundle+json;version=0.1",
        "application/vnd.dev.sigstore.bundle+json;version=0.2",
        "application/vnd.dev.sigstore.bundle+json;version=0.3",
    };

    /// <summary>Reads either form; a bundle is told by its <c>mediaType</c>.</summary>
    public static SignatureFile Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            throw new UnsignedException();
        }

        // The copy is taken before anything is checked, so that nobody changes the bytes in between.
        var limits = JsonLimits.SignatureFile;
        var copy = utf8[..Math.Min(utf8.Length, limits.MaxBytes + 1)].ToArray();
        var root = StrictJsonReader.Read(copy, ManifestErrorCode.MalformedEnvelope, limits).RequireObject();
        return root.Optional("mediaType") is null ? ReadEnvelope(root, hint: null) : ReadBundle(root);
    }

    // Sigstore protobuf-specs, sigstore_bundle.proto; unknown fields are refused because cosign refuses them too.
    private static SignatureFile ReadBundle(JsonValue root)
    {
        foreach (var (name, value) in root.Members!)
        {
            if (name is not ("mediaType" or "verificationMaterial" or "dsseEnvelope"))
            {
                throw value.Fail(
                    ManifestFormatProblem.UnexpectedField, "mediaType, verificationMaterial and dsseEnvelope");
            }
        }

        root.Required("mediaType").AsText(MaxHintLength, _bundleMediaTypes.Contains, BundleMediaType);
        var publicKey = root.Required("verificationMaterial").Optional("publicKey");
        var hint = publicKey?.Optional("hint")?.AsText(MaxHintLength, allowEmpty: true);
        var envelope = root.Required("dsseEnvelope");
        var file = ReadEnvelope(envelope, hint);
        return file.Signatures.Count == 1
            ? file
            : throw envelope.Required("signatures").Fail(ManifestFormatProblem.WrongCount, "one signature in a bundle");
    }

    // DSSE 1.0.2, envelope.md.
    private static SignatureFile ReadEnvelope(JsonValue envelope, string? hint)
    {
        envelope.Required("payloadType").AsText(MaxHintLength, type => type == PayloadType, PayloadType);
        var payload = ReadPayload(envelope.Required("payload"));
        var signatures = envelope.Required("signatures").AsArray(0, MaxSignatures);
        return signatures.Count > 0
            ? new SignatureFile(payload, [.. signatures.Select(signature => ReadSignature(signature, hint))])
            : throw new UnsignedException();
    }

    private static byte[] ReadPayload(JsonValue value)
    {
        var bytes = ReadBase64(value);
        var maximum = JsonLimits.Manifest.MaxBytes;
        return bytes.Length <= maximum
            ? bytes
            : throw value.Fail(ManifestFormatProblem.TooLarge, $"at most {maximum} bytes");
    }

    private static SignatureEntry ReadSignature(JsonValue value, string? hint)
    {
        var signature = value.Required("sig");
        var bytes = ReadBase64(signature);
        if (bytes.Length is < MinSignatureLength or > MaxSignatureLength)
        {
            throw signature.Fail(
                ManifestFormatProblem.InvalidValue, $"{MinSignatureLength} to {MaxSignatureLength} bytes of DER");
        }

        var keyId = value.Optional("keyid")?.AsText(MaxHintLength, allowEmpty: true);
        return new SignatureEntry(bytes, string.IsNullOrEmpty(keyId) ? hint : keyId);
    }

    private static byte[] ReadBase64(JsonValue value) =>
        StrictBase64.TryDecode(value.AsText(JsonLimits.SignatureFile.MaxBytes, allowEmpty: true), out var bytes)
            ? bytes
            : throw value.Fail(ManifestFormatProblem.InvalidBase64);
}
