using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Plugins.Manifest.Trust;

/// <summary>The one encoding of a P-256 public key that is accepted, so that a key has one id only.</summary>
internal static class SubjectPublicKeyInfo
{
    public const string PemLabel = "PUBLIC KEY";

    /// <summary>An uncompressed point: 0x04, x and y.</summary>
    public const int PointLength = 65;

    // RFC 5480 2: SEQUENCE { SEQUENCE { id-ecPublicKey, secp256r1 }, BIT STRING } up to the point.
    private static ReadOnlySpan<byte> Prefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01,
        0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    public static bool IsP256(ReadOnlySpan<byte> der) =>
        der.Length == Prefix.Length + PointLength && der.StartsWith(Prefix) && der[Prefix.Length] == 0x04;

    public static ReadOnlySpan<byte> PointOf(ReadOnlySpan<byte> der) => der[Prefix.Length..];

    /// <summary>Reads one PEM block (RFC 7468) and nothing beside it; the fault says what is wrong.</summary>
    public static bool TryReadPem(
        string pem, [NotNullWhen(true)] out byte[]? der, [NotNullWhen(false)] out string? fault)
    {
        der = null;
        fault = FaultOf(pem, out var fields);
        if (fault is not null)
        {
            return false;
        }

        var bytes = Convert.FromBase64String(pem[fields.Base64Data]);
        if (!IsP256(bytes) || !IsOnCurve(bytes))
        {
            fault = "the key is not a P-256 public key with an uncompressed point";
            return false;
        }

        der = bytes;
        return true;
    }

    private static string? FaultOf(string pem, out PemFields fields)
    {
        if (!PemEncoding.TryFind(pem, out fields))
        {
            return "the key is not a PEM block";
        }

        if (!pem.AsSpan(fields.Label).SequenceEqual(PemLabel))
        {
            return $"the PEM block is not labelled {PemLabel}";
        }

        // The base library passes over whatever it cannot read, which somebody may take for the key that counts.
        var before = pem.AsSpan(0, fields.Location.Start.Value);
        var after = pem.AsSpan(fields.Location.End.Value);
        return PemEncoding.TryFind(after, out _) ? "there is more than one PEM block"
            : IsBlank(before) && IsBlank(after) ? null
            : "there is other text beside the PEM block";
    }

    private static bool IsBlank(ReadOnlySpan<char> text) => text.Trim(" \t\r\n").IsEmpty;

    private static bool IsOnCurve(byte[] der)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(der, out _);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
