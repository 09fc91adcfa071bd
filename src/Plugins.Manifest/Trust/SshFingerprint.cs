using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Plugins.Manifest.Trust;

/// <summary>The <c>SHA256:…</c> form that OpenSSH shows, the only <c>keyid</c> that cosign accepts.</summary>
internal static class SshFingerprint
{
    private const string Prefix = "SHA256:";

    public static string Of(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        // RFC 5656 3.1: three strings, each after its length.
        var blob = new List<byte>(128);
        Append(blob, "ecdsa-sha2-nistp256"u8);
        Append(blob, "nistp256"u8);
        Append(blob, SubjectPublicKeyInfo.PointOf(subjectPublicKeyInfo));
        return Prefix + Convert.ToBase64String(SHA256.HashData(blob.ToArray())).TrimEnd('=');
    }

    public static bool IsOne(string? text) => text?.StartsWith(Prefix, StringComparison.Ordinal) ?? false;

    private static void Append(List<byte> blob, ReadOnlySpan<byte> text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
        blob.AddRange(length);
        blob.AddRange(text);
    }
}
