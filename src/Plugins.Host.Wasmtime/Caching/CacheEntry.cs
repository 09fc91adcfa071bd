using System.Security.Cryptography;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>The layout of an entry's file: an integrity tag, then the compiled module.</summary>
/// <remarks>
/// The tag is HMAC-SHA256 (RFC 2104) over the entry's key and the code, so that neither a changed entry nor one that
/// was given another's name is taken for good.
/// </remarks>
internal static class CacheEntry
{
    internal const int TagLength = HMACSHA256.HashSizeInBytes;

    internal static byte[] ComputeTag(ReadOnlySpan<byte> secret, CacheKey key, ReadOnlySpan<byte> code)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(key.Bytes);
        hash.AppendData(code);
        return hash.GetHashAndReset();
    }

    /// <summary>The code of an entry, or an empty span for one whose tag does not fit.</summary>
    internal static ReadOnlySpan<byte> Verify(ReadOnlySpan<byte> secret, CacheKey key, ReadOnlySpan<byte> entry)
    {
        if (entry.Length <= TagLength)
        {
            return default;
        }

        ReadOnlySpan<byte> code = entry[TagLength..];
        byte[] expected = ComputeTag(secret, key, code);
        return CryptographicOperations.FixedTimeEquals(expected, entry[..TagLength]) ? code : default;
    }
}
