using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Plugins.Host.Wasmtime.Caching;

/// <summary>Names one compilation: the same key if and only if the same machine code may be used.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
internal sealed class CacheKey
{
    internal const int ByteLength = SHA256.HashSizeInBytes;

    // Raised with every change of what is hashed or of how entries are laid out.
    private const string Format = "plugins compiled module 2";

    private readonly byte[] _digest;

    private CacheKey(byte[] digest) => _digest = digest;

    internal ReadOnlySpan<byte> Bytes => _digest;

    internal string FileName => Convert.ToHexStringLower(_digest) + CacheFolder.EntrySuffix;

    internal static CacheKey Of(ReadOnlySpan<byte> moduleDigest, EngineIdentity engine) =>
        Of(moduleDigest, engine, RuntimeInformation.RuntimeIdentifier, CpuFeatures.Text);

    internal static CacheKey Of(
        ReadOnlySpan<byte> moduleDigest, EngineIdentity engine, string platform, string cpuFeatures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, Format);
        Append(hash, moduleDigest);
        Append(hash, engine.LibraryDigest.Span);
        Append(hash, engine.Configuration);
        Append(hash, platform);
        Append(hash, cpuFeatures);
        return new CacheKey(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text) => Append(hash, Encoding.UTF8.GetBytes(text));

    // With its length first, so that no two lists of parts run together into the same bytes.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }
}
